package io.millrace.coordinator.core;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a waiter asks of an event beside its type (W4): each named field must have the value asked
 * for. Values are canonical JSON text; of numbers the value counts and not how it is written.
 */
final class Requirements {
  /** No number that a field can hold is longer; others are compared as text. */
  private static final int LONGEST_NUMBER = 400;

  private Requirements() {}

  static boolean met(Map<String, String> requirements, Map<String, String> fields) {
    for (Map.Entry<String, String> required : requirements.entrySet()) {
      String value = fields.get(required.getKey());
      if (value == null || !same(required.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  /** Values that count as the same have the same index; others may share one. */
  static String index(String value) {
    BigDecimal number = number(value);
    return number == null ? value : Double.toString(number.doubleValue());
  }

  private static boolean same(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    BigDecimal x = number(a);
    BigDecimal y = x == null ? null : number(b);
    return x != null && y != null && x.compareTo(y) == 0;
  }

  /** Null: no number. JSON's other texts begin with a quote or a letter. */
  private static @Nullable BigDecimal number(String text) {
    boolean numeric =
        !text.isEmpty()
            && text.length() <= LONGEST_NUMBER
            && (text.charAt(0) == '-' || text.charAt(0) >= '0' && text.charAt(0) <= '9');
    if (!numeric) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
