package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class KubernetesTypesTest {
  static Stream<Rendered> renderings() {
    return Stream.of(
        Chart.render(Chart.EXAMPLE),
        Chart.render(),
        Chart.render(Everything.ON),
        Chart.render(
            Everything.ON, "coordinator: {state: {persistent: false}, antiAffinity: none}"),
        Chart.render(
            Chart.ONE_STEP, "{logging: {enabled: false}, serviceAccount: {create: false}}"),
        Chart.render(Chart.ONE_STEP, "coordinator: {enabled: false}"));
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void every_object_is_as_the_api_of_kubernetes_has_it(Rendered rendered) {
    List<JsonObject> known = rendered.objects().stream().filter(KubernetesTypes::knows).toList();

    assertThat(known).isNotEmpty();
    for (JsonObject object : known) {
      assertThat(KubernetesTypes.faults(object)).as(object.toString()).isEmpty();
    }
  }

  @Test
  void only_the_objects_of_keda_and_of_the_prometheus_operator_are_not_checked_so() {
    TreeSet<String> others = new TreeSet<>();
    for (JsonObject object : Chart.render(Everything.ON).objects()) {
      if (!KubernetesTypes.knows(object)) {
        others.add(KubernetesTypes.type(object));
      }
    }

    assertThat(others)
        .containsExactly(
            "keda.sh/v1alpha1 ScaledObject",
            "monitoring.coreos.com/v1 PodMonitor",
            "monitoring.coreos.com/v1 PrometheusRule",
            "monitoring.coreos.com/v1 ServiceMonitor");
  }

  @Test
  void no_two_objects_of_a_kind_have_one_name() {
    List<String> names =
        Chart.render(Everything.ON).objects().stream()
            .map(object -> KubernetesTypes.type(object) + " " + Json.text(object, "metadata.name"))
            .toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  /** The check itself: without this, a client that checks nothing would go unnoticed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 2     | replicaz: 2        | replicaz",
        "replicas: 2     | replicas: [2]      | ",
        "image: i        | imagge: i          | imagge",
        "selector:       | sellector:         | sellector",
        "value: \"5\"    | value: 5           | is no text",
        "{app: \"1\"}    | {app: 1}           | is no text"
      })
  void an_object_with_a_fault_is_found(String right, String wrong, String message) {
    String deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d, labels: {app: "1"}}
        spec:
          replicas: 2
          selector:
            matchLabels: {a: b}
          template:
            spec:
              containers:
                - name: c
                  image: i
                  env: [{name: A, value: "5"}]
        """;

    assertThat(KubernetesTypes.faults(Rendered.of(deployment).only("Deployment"))).isEmpty();
    assertThat(deployment).contains(right);
    assertThat(
            KubernetesTypes.faults(
                Rendered.of(deployment.replace(right, wrong)).only("Deployment")))
        .anySatisfy(fault -> assertThat(fault).contains(message == null ? "" : message));
  }
}
