package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepsTest {
  private static final String LONG = "stone-mill-of-the-upper-valley";

  @Test
  void a_step_of_which_nothing_is_said_runs_the_image_as_it_is() {
    Pod step = Chart.render(Chart.ONE_STEP).step("mill-grind");

    assertThat(Json.text(step.container(), "image")).isEqualTo("example/app:7");
    assertThat(Json.has(step.container(), "command")).isFalse();
    assertThat(Json.text(step.owner(), "spec.replicas")).isEqualTo("1");
    assertThat(step.settings())
        .doesNotContainKeys("millrace.concurrency", "millrace.task.source", "millrace.version");
  }

  @Test
  void what_a_step_says_goes_before_the_defaults_also_if_it_is_nothing() {
    Rendered rendered =
        Chart.render(
            """
            stepDefaults:
              replicas: 3
              concurrency: 8
              taskSource: share
              image: {tag: "8"}
              autoscaling: {kind: hpa}
              config: {millrace.lease.ms: 20000, millrace.chunk.bytes: 1000}
            steps:
              - {name: grind, workflow: mill}
              - name: sift
                workflow: mill
                replicas: 0
                concurrency: 0
                taskSource: ""
                image: {repository: other/app}
                autoscaling: {kind: none}
                config: {millrace.lease.ms: 30000}
            """);

    Pod grind = rendered.step("mill-grind");
    assertThat(Json.has(grind.owner(), "spec.replicas")).isFalse();
    assertThat(Json.text(grind.container(), "image")).isEqualTo("example/app:8");
    assertThat(grind.settings())
        .containsEntry("millrace.concurrency", "8")
        .containsEntry("millrace.task.source", "share")
        .containsEntry("millrace.lease.ms", "20000");

    Pod sift = rendered.step("mill-sift");
    assertThat(Json.text(sift.owner(), "spec.replicas")).isEqualTo("0");
    assertThat(Json.text(sift.container(), "image")).isEqualTo("other/app:8");
    assertThat(sift.settings())
        .doesNotContainKeys("millrace.concurrency", "millrace.task.source")
        .containsEntry("millrace.lease.ms", "30000")
        .containsEntry("millrace.chunk.bytes", "1000");
  }

  @Test
  void kubernetes_waits_longer_for_the_end_of_a_worker_than_the_worker_for_its_attempts() {
    Pod step =
        Chart.render("steps: [{name: grind, workflow: mill, drainSeconds: 120}]")
            .step("mill-grind");

    assertThat(step.settings()).containsEntry("millrace.drain.timeout.ms", "120000");
    assertThat(step.at("terminationGracePeriodSeconds")).isEqualTo("135");
  }

  @Test
  void names_of_steps_become_names_of_kubernetes() {
    Pod step =
        new Pod(Chart.render("steps: [{name: Grind_Fine, workflow: Mill}]").only("Deployment"));

    assertThat(step.name()).isEqualTo("demo-millrace-mill-grind-fine");
    assertThat(step.labels().get("millrace.io/workflow").getAsString()).isEqualTo("Mill");
    assertThat(step.labels().get("millrace.io/step").getAsString()).isEqualTo("Grind_Fine");
  }

  @Test
  void names_keep_below_what_kubernetes_admits() {
    Rendered rendered = Chart.render(Everything.ON, "fullnameOverride: " + LONG + LONG);
    List<String> names = new ArrayList<>();
    rendered.objects().forEach(object -> names.add(Json.text(object, "metadata.name")));

    assertThat(names).allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(63));
    // Kubernetes adds a hash of 11 characters to it for a label.
    assertThat(rendered.coordinator().name()).hasSizeLessThanOrEqualTo(52);
  }

  @Test
  void each_deployment_finds_its_own_pods_and_no_others() {
    List<Pod> pods = Chart.render(Everything.ON).pods();

    for (Pod owner : pods) {
      JsonObject wanted = Json.at(owner.owner(), "spec.selector.matchLabels").getAsJsonObject();
      List<String> found =
          pods.stream()
              .filter(pod -> pod.labels().entrySet().containsAll(wanted.entrySet()))
              .map(Pod::name)
              .toList();
      assertThat(found).containsExactly(owner.name());
    }
  }

  @Test
  void another_version_of_the_chart_restarts_nothing_that_it_does_not_change() {
    for (Pod pod : Chart.render(Everything.ON).pods()) {
      assertThat(Json.text(pod.owner(), "metadata.labels")).contains("helm.sh/chart");
      assertThat(Json.text(pod.owner(), "spec.template.metadata"))
          .doesNotContain("helm.sh/chart", "app.kubernetes.io/version");
    }
  }

  @Test
  void a_step_may_bring_variables_volumes_and_a_command_of_its_own() {
    Rendered rendered = Chart.render(Everything.ON);

    Pod grind = rendered.step("mill-grind-fine");
    assertThat(grind.variables()).containsEntry("COLOUR", "white");
    assertThat(grind.mounts()).containsEntry("data", "/data");
    assertThat(Json.text(grind.container(), "envFrom.0.secretRef.name")).isEqualTo("model-key");
    assertThat(Json.has(grind.container(), "livenessProbe.exec")).isTrue();
    Pod sift = rendered.step("mill-sift");
    assertThat(sift.command()).containsExactly("/run.sh");
    assertThat(Json.text(sift.container(), "args.0")).isEqualTo("fast");
  }
}
