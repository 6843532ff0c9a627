package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.app.CoordinatorConfig;
import io.millrace.examples.ExampleCatalog;
import io.millrace.examples.ExampleCatalog.ExampleStep;
import io.millrace.http.HttpCoordinatorMain;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExampleValuesTest {
  private static final List<ExampleStep> STEPS = ExampleCatalog.find("rag").orElseThrow().steps();
  private final Rendered example = Chart.render(Chart.EXAMPLE);

  @Test
  void each_step_of_the_example_has_a_deployment_of_its_own() {
    assertThat(example.names("Deployment"))
        .containsExactlyInAnyOrderElementsOf(
            STEPS.stream().map(step -> "demo-millrace-rag-" + step.name()).toList());
  }

  @Test
  void each_deployment_starts_the_main_class_of_its_step() throws Exception {
    for (ExampleStep step : STEPS) {
      assertThat(example.step("rag-" + step.name()).command())
          .containsExactly("java", "-cp", "/app/lib/*", step.main().getName());
      assertThat(step.main().getMethod("main", String[].class)).isNotNull();
    }
  }

  @Test
  void the_coordinator_is_started_by_its_own_main_class() {
    assertThat(example.coordinator().command())
        .containsExactly("java", "-cp", "/app/lib/*", HttpCoordinatorMain.class.getName());
  }

  /** README.md says how both are built; neither has what the other runs. */
  @Test
  void coordinator_and_steps_have_the_images_that_the_readme_builds() throws IOException {
    String registry = "registry.example.com/millrace-";
    assertThat(example.coordinator().image()).isEqualTo(registry + "coordinator:0.1.0");
    for (ExampleStep step : STEPS) {
      assertThat(example.step("rag-" + step.name()).image()).isEqualTo(registry + "examples:0.1.0");
    }
    assertThat(Files.readString(Chart.FOLDER.resolve("README.md")))
        .contains(
            "image coordinator --tag " + registry + "coordinator:0.1.0",
            "image step --tag " + registry + "examples:0.1.0");
  }

  @Test
  void coordinator_and_steps_meet_in_one_namespace_at_one_kafka() {
    assertThat(example.pods())
        .hasSize(5)
        .allSatisfy(
            pod -> {
              assertThat(pod.config().namespace().name()).isEqualTo("millrace");
              assertThat(pod.config().kafka())
                  .containsEntry("bootstrap.servers", "kafka-bootstrap.kafka.svc:9092");
            });
    CoordinatorConfig coordinator = CoordinatorConfig.from(example.coordinator().config());
    assertThat(coordinator.topics().replication()).contains((short) 3);
  }

  @Test
  void only_the_step_with_the_most_work_is_scaled() {
    assertThat(example.names("HorizontalPodAutoscaler"))
        .containsExactly("demo-millrace-rag-retrieve");
  }
}
