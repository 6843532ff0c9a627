package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.millrace.protocol.Namespace;
import org.junit.jupiter.api.Test;

final class AutoscalingTest {
  private static final String SCALED =
      "steps: [{name: grind, workflow: mill, autoscaling: {kind: %s}}]";

  @Test
  void nothing_is_scaled_unless_that_is_asked_for() {
    Rendered rendered = Chart.render(Chart.ONE_STEP);

    assertThat(rendered.all("HorizontalPodAutoscaler")).isEmpty();
    assertThat(rendered.all("ScaledObject")).isEmpty();
    assertThat(Json.has(rendered.only("Deployment"), "spec.replicas")).isTrue();
  }

  @Test
  void a_deployment_that_is_scaled_leaves_the_number_of_copies_to_who_scales_it() {
    for (String kind : new String[] {"hpa", "keda"}) {
      Rendered rendered = Chart.render(SCALED.formatted(kind));
      JsonObject deployment = rendered.only("Deployment");
      JsonObject scaler =
          rendered.only(kind.equals("hpa") ? "HorizontalPodAutoscaler" : "ScaledObject");

      assertThat(Json.has(deployment, "spec.replicas")).isFalse();
      assertThat(Json.text(scaler, "spec.scaleTargetRef.kind")).isEqualTo("Deployment");
      assertThat(Json.text(scaler, "spec.scaleTargetRef.name"))
          .isEqualTo(Json.text(deployment, "metadata.name"));
    }
  }

  @Test
  void an_hpa_looks_at_cpu_and_at_what_else_it_is_given() {
    JsonObject hpa = Chart.render(Everything.ON).only("HorizontalPodAutoscaler");

    assertThat(Json.text(hpa, "spec.minReplicas")).isEqualTo("1");
    assertThat(Json.text(hpa, "spec.maxReplicas")).isEqualTo("6");
    assertThat(Json.text(hpa, "spec.metrics.0.resource.target.averageUtilization")).isEqualTo("80");
    assertThat(Json.text(hpa, "spec.metrics.2.external.metric.name")).isEqualTo("backlog");
    assertThat(Json.text(hpa, "spec.behavior.scaleDown.stabilizationWindowSeconds"))
        .isEqualTo("600");
  }

  @Test
  void keda_looks_at_the_lag_of_the_group_from_which_the_step_takes_its_work() {
    JsonObject scaled =
        Chart.render("namespace: water", SCALED.formatted("keda")).only("ScaledObject");
    JsonElement trigger = Json.at(scaled, "spec.triggers.0");

    assertThat(Json.text(trigger, "type")).isEqualTo("kafka");
    assertThat(Json.text(trigger, "metadata.consumerGroup"))
        .isEqualTo(new Namespace("water").group("mill", "grind"));
    assertThat(Json.text(trigger, "metadata.bootstrapServers")).isEqualTo("kafka:9092");
    assertThat(Json.text(trigger, "metadata.offsetResetPolicy")).isEqualTo("earliest");
    assertThat(Json.has(trigger, "metadata.topic")).isFalse();
    assertThat(Json.has(trigger, "authenticationRef")).isFalse();
  }

  /** What is in a trigger's metadata is text, numbers too: KEDA refuses anything else. */
  @Test
  void keda_is_told_everything_as_text() {
    JsonObject scaled = Chart.render(SCALED.formatted("keda")).only("ScaledObject");

    JsonObject metadata = Json.at(scaled, "spec.triggers.0.metadata").getAsJsonObject();
    assertThat(metadata.get("lagThreshold").getAsString()).isEqualTo("16");
    assertThat(metadata.asMap().values())
        .allSatisfy(value -> assertThat(value.getAsJsonPrimitive().isString()).isTrue());
  }

  @Test
  void keda_takes_more_triggers_behaviour_and_credentials() {
    JsonObject scaled = Chart.render(Everything.ON).only("ScaledObject");

    assertThat(Json.texts(scaled, "spec.triggers", "type"))
        .containsExactly("prometheus", "kafka", "cpu");
    assertThat(Json.text(scaled, "spec.triggers.1.authenticationRef.name")).isEqualTo("lag-reader");
    assertThat(Json.has(scaled, "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown"))
        .isTrue();
  }

  /** The coordinators of another release count it, and this one cannot know how. */
  @Test
  void a_release_of_steps_only_may_look_at_the_backlog() {
    JsonObject hpa =
        Chart.render(
                "coordinator: {enabled: false}",
                "steps: [{name: a, workflow: m, autoscaling: {kind: hpa, cpu: 0, backlog: 5}}]")
            .only("HorizontalPodAutoscaler");

    assertThat(Json.text(hpa, "spec.metrics.0.external.metric.name"))
        .isEqualTo("millrace_step_backlog");
  }

  @Test
  void a_step_with_a_share_group_is_scaled_by_triggers_alone() {
    JsonObject scaled =
        Chart.render(
                """
                steps:
                  - name: grind
                    workflow: mill
                    taskSource: share
                    autoscaling:
                      kind: keda
                      lag: 0
                      triggers: [{type: cpu, metadata: {value: "70"}}]
                """)
            .only("ScaledObject");

    assertThat(Json.texts(scaled, "spec.triggers", "type")).containsExactly("cpu");
  }
}
