package io.millrace.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Times as they are written on the command line: an instant, or how long ago. */
final class TimeText {
  private TimeText() {}

  /**
   * @param option whose value the text is
   * @throws UsageException if it is neither; says how both are written
   */
  static Instant parse(String option, String text, Clock clock) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeParseException e) {
      return ago(option, text, clock);
    }
  }

  private static Instant ago(String option, String text, Clock clock) {
    try {
      return clock.instant().minus(DurationText.parse(option, text));
    } catch (UsageException e) {
      throw new UsageException(
          "%s '%s' is no time: write how long ago, for instance 30m or 24h, or a time such as 2026-01-31T12:00:00Z"
              .formatted(option, text));
    }
  }
}
