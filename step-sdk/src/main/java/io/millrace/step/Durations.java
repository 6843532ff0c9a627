package io.millrace.step;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are written in annotations: {@code 500ms 30s 5m 2h 1d}, or ISO-8601. */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Map<String, LongFunction<Duration>> UNITS =
      Map.of(
          "ms", Duration::ofMillis,
          "s", Duration::ofSeconds,
          "m", Duration::ofMinutes,
          "h", Duration::ofHours,
          "d", Duration::ofDays);

  private Durations() {}

  /**
   * @return empty for blank text
   * @throws IllegalArgumentException if the text is no duration, or a negative one
   */
  public static Optional<Duration> parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = SHORT.matcher(stripped);
    if (matcher.matches()) {
      return Optional.ofNullable(UNITS.get(matcher.group(2)))
          .map(unit -> unit.apply(Long.parseLong(matcher.group(1))));
    }
    try {
      Duration iso = Duration.parse(stripped);
      if (!iso.isNegative()) {
        return Optional.of(iso);
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(problem(text), e);
    }
    throw new IllegalArgumentException(problem(text));
  }

  private static String problem(String text) {
    return "'" + text + "' is no duration; write 500ms, 30s, 5m, 2h, 1d or ISO-8601 such as PT30S";
  }
}
