package io.millrace.helm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds its way in a tree: {@code spec.containers.0.image}. What is not there is a {@link
 * JsonNull}.
 */
final class Json {
  private Json() {}

  static JsonElement at(JsonElement tree, String path) {
    JsonElement at = tree;
    for (String step : path.split("\\.")) {
      if (at instanceof JsonObject object && object.has(step)) {
        at = object.get(step);
      } else if (at instanceof JsonArray array && Integer.parseInt(step) < array.size()) {
        at = array.get(Integer.parseInt(step));
      } else {
        return JsonNull.INSTANCE;
      }
    }
    return at;
  }

  static boolean has(JsonElement tree, String path) {
    return !at(tree, path).isJsonNull();
  }

  /** As text; {@code null} for what is not there. */
  static String text(JsonElement tree, String path) {
    JsonElement found = at(tree, path);
    return found.isJsonPrimitive() ? found.getAsString() : found.toString();
  }

  /** The elements of a list; none if there is no list. */
  static List<JsonObject> list(JsonElement tree, String path) {
    List<JsonObject> elements = new ArrayList<>();
    if (at(tree, path) instanceof JsonArray array) {
      array.forEach(element -> elements.add(element.getAsJsonObject()));
    }
    return elements;
  }

  /** One part of each element of a list, as text. */
  static List<String> texts(JsonElement tree, String path, String part) {
    return list(tree, path).stream().map(element -> text(element, part)).toList();
  }
}
