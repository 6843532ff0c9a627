package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The objects that Helm would send to Kubernetes. */
record Rendered(List<JsonObject> objects) {
  static Rendered of(String yaml) {
    List<JsonObject> objects = new ArrayList<>();
    Gson gson = new Gson();
    for (Object document : StrictYaml.reader().loadAll(yaml)) {
      if (document != null) {
        objects.add(gson.toJsonTree(document).getAsJsonObject());
      }
    }
    return new Rendered(List.copyOf(objects));
  }

  List<JsonObject> all(String kind) {
    return objects.stream().filter(object -> Json.text(object, "kind").equals(kind)).toList();
  }

  List<String> names(String kind) {
    return all(kind).stream().map(object -> Json.text(object, "metadata.name")).toList();
  }

  /** The only object of this kind. */
  JsonObject only(String kind) {
    assertThat(names(kind)).as("objects of kind " + kind).hasSize(1);
    return all(kind).get(0);
  }

  JsonObject named(String kind, String name) {
    assertThat(names(kind)).as("objects of kind " + kind).contains(name);
    return all(kind).stream()
        .filter(object -> Json.text(object, "metadata.name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  Pod coordinator() {
    return new Pod(only("StatefulSet"));
  }

  /** The pods of this step; {@code step} is the end of its Deployment's name. */
  Pod step(String step) {
    return new Pod(named("Deployment", "demo-millrace-" + step));
  }

  /** Of every process. */
  List<Pod> pods() {
    return objects.stream()
        .filter(object -> Json.has(object, "spec.template.spec.containers"))
        .map(Pod::new)
        .toList();
  }
}
