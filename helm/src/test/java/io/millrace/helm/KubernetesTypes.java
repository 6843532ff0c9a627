package io.millrace.helm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Objects against the types of Kubernetes' own client: unknown fields at any depth, missing ones,
 * values of another type. Numbers where text belongs pass there, so that this looks for them too.
 */
final class KubernetesTypes {
  /** Fields whose value is a map from text to text. */
  private static final Set<String> TEXTS =
      Set.of("labels", "annotations", "matchLabels", "nodeSelector", "data", "requests", "limits");

  private interface Check {
    Object read(String json) throws IOException;
  }

  private static final Map<String, Check> CHECKS =
      Map.of(
          "apps/v1 StatefulSet", V1StatefulSet::fromJson,
          "apps/v1 Deployment", V1Deployment::fromJson,
          "v1 Service", V1Service::fromJson,
          "v1 ConfigMap", V1ConfigMap::fromJson,
          "v1 ServiceAccount", V1ServiceAccount::fromJson,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson,
          "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson);

  private KubernetesTypes() {}

  static boolean knows(JsonObject object) {
    return CHECKS.containsKey(type(object));
  }

  static String type(JsonObject object) {
    return Json.text(object, "apiVersion") + " " + Json.text(object, "kind");
  }

  /** What is wrong with it; nothing if it is fine. */
  static List<String> faults(JsonObject object) {
    List<String> faults = new ArrayList<>();
    try {
      Objects.requireNonNull(CHECKS.get(type(object))).read(object.toString());
    } catch (IOException | IllegalArgumentException | JsonParseException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    untext(object, "", faults);
    return faults;
  }

  private static void untext(JsonElement tree, String path, List<String> faults) {
    if (tree.isJsonArray()) {
      int index = 0;
      for (JsonElement element : tree.getAsJsonArray()) {
        untext(element, path + "." + index++, faults);
      }
    } else if (tree.isJsonObject()) {
      boolean variable = path.matches(".*\\.env\\.\\d+");
      tree.getAsJsonObject()
          .asMap()
          .forEach(
              (name, value) -> {
                String at = path + "." + name;
                boolean isText = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
                if ((variable || TEXTS.contains(last(path)))
                    && value.isJsonPrimitive()
                    && !isText) {
                  faults.add(at + " is no text: " + value);
                }
                untext(value, at, faults);
              });
    }
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
