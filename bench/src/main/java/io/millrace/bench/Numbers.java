package io.millrace.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as text, the same in every locale. */
final class Numbers {
  private static final MathContext THREE = new MathContext(3);

  private Numbers() {}

  /** Three significant digits, or all before the point, with separators: {@code 12,345}. */
  static String readable(double number) {
    if (Math.abs(number) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", number);
    }
    return BigDecimal.valueOf(number).round(THREE).toPlainString();
  }

  /** As short as it can be: {@code 3}, {@code 0.5}. */
  static String shortest(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
