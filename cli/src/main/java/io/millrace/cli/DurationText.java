package io.millrace.cli;

import io.millrace.step.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Durations as they are written on the command line. */
final class DurationText {
  private DurationText() {}

  /** To the millisecond, for instance {@code 1m2.5s}. */
  static String brief(Duration duration) {
    return duration.truncatedTo(ChronoUnit.MILLIS).toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /**
   * @param option whose value the text is
   * @throws UsageException if it is no duration; says how one is written
   */
  static Duration parse(String option, String text) {
    try {
      return Durations.parse(text).orElseThrow(() -> new IllegalArgumentException("it is empty"));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          option
              + " '"
              + text
              + "' is not a duration: write for instance 500ms, 30s, 5m, 2h or PT30S");
    }
  }
}
