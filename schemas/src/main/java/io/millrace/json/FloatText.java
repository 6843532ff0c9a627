package io.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Floats and doubles. Not every one is a JSON number: there is no NaN and no infinity, and whoever
 * reads numbers as decimals loses the sign of zero; those are text.
 */
final class FloatText {
  private static final Map<String, Double> SPECIAL =
      Map.of(
          "NaN", Double.NaN,
          "Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY,
          "-0.0", -0.0);

  private FloatText() {}

  static JsonNode node(Number number) {
    String text = number.toString();
    if (SPECIAL.containsKey(text)) {
      return JsonNodeFactory.instance.textNode(text);
    }
    return number instanceof Float narrow
        ? JsonNodeFactory.instance.numberNode(narrow)
        : JsonNodeFactory.instance.numberNode((Double) number);
  }

  /** Empty: the node is no number, or one that is too large for a double. */
  static OptionalDouble doubleOf(JsonNode node) {
    if (node.isTextual()) {
      Double special = SPECIAL.get(node.textValue());
      return special == null ? OptionalDouble.empty() : OptionalDouble.of(special);
    }
    return finite(node, node.doubleValue());
  }

  /** As {@link #doubleOf}, for a float. Rounded once, not by way of a double. */
  static OptionalDouble floatOf(JsonNode node) {
    return node.isTextual() ? doubleOf(node) : finite(node, node.floatValue());
  }

  private static OptionalDouble finite(JsonNode node, double value) {
    return node.isNumber() && Double.isFinite(value)
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }
}
