package io.millrace.bench.stack;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * CPU seconds that processes used while something was measured.
 *
 * @param seconds by process
 */
public record Usage(Map<String, Double> seconds) {
  public Usage {
    seconds = new TreeMap<>(seconds);
  }

  public double total() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Of some processes only. */
  public Usage of(Predicate<String> names) {
    Map<String, Double> some = new TreeMap<>(seconds);
    some.keySet().removeIf(names.negate());
    return new Usage(some);
  }

  /** The largest first, in shares of the total: {@code broker 40 %, coordinator 31 %}. */
  @Override
  public String toString() {
    double all = total();
    return seconds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(e -> String.format(Locale.ROOT, "%s %.0f %%", e.getKey(), 100 * e.getValue() / all))
        .collect(Collectors.joining(", "));
  }
}
