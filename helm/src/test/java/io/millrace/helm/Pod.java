package io.millrace.helm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.millrace.config.MillraceConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The pods of a Deployment or StatefulSet. */
record Pod(JsonObject owner) {
  private static final String PREFIX = "MILLRACE_";

  String name() {
    return Json.text(owner, "metadata.name");
  }

  JsonElement spec() {
    return Json.at(owner, "spec.template.spec");
  }

  JsonObject labels() {
    return Json.at(owner, "spec.template.metadata.labels").getAsJsonObject();
  }

  JsonObject container() {
    return Json.at(spec(), "containers.0").getAsJsonObject();
  }

  String at(String path) {
    return Json.text(spec(), path);
  }

  String image() {
    return Json.text(container(), "image");
  }

  List<String> command() {
    return Json.at(container(), "command").getAsJsonArray().asList().stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  /** Environment variables; a value from a Secret is {@code secret/key}. */
  Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    for (JsonObject variable : Json.list(container(), "env")) {
      String secret = "valueFrom.secretKeyRef.";
      variables.put(
          Json.text(variable, "name"),
          Json.has(variable, "valueFrom")
              ? Json.text(variable, secret + "name") + "/" + Json.text(variable, secret + "key")
              : Json.text(variable, "value"));
    }
    return variables;
  }

  String variable(String name) {
    return Objects.requireNonNull(variables().get(name), name);
  }

  /** What the process makes of its variables. */
  MillraceConfig config() {
    return MillraceConfig.of(settings());
  }

  /** Keys and values of the variables that are settings of Millrace. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    variables()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX)) {
                String key = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
                settings.put("millrace." + key.replace('_', '.'), value);
              }
            });
    return settings;
  }

  /** Where each volume is mounted. */
  Map<String, String> mounts() {
    Map<String, String> mounts = new TreeMap<>();
    for (JsonObject mount : Json.list(container(), "volumeMounts")) {
      mounts.put(Json.text(mount, "name"), Json.text(mount, "mountPath"));
    }
    return mounts;
  }

  /** The Secret behind each volume that has one. */
  Map<String, String> secrets() {
    Map<String, String> secrets = new TreeMap<>();
    for (JsonObject volume : Json.list(spec(), "volumes")) {
      if (Json.has(volume, "secret")) {
        secrets.put(Json.text(volume, "name"), Json.text(volume, "secret.secretName"));
      }
    }
    return secrets;
  }
}
