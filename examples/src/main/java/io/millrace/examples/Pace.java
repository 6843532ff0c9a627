package io.millrace.examples;

import java.time.Duration;

/**
 * A pause before each piece of work, so that a person can watch a run that would otherwise be over
 * at once. {@code MILLRACE_EXAMPLES_PACE_MS} says how many milliseconds; each example has a
 * default.
 *
 * @param length zero: no pause
 */
public record Pace(Duration length) {
  public static final Pace NONE = new Pace(Duration.ZERO);
  private static final String VARIABLE = "MILLRACE_EXAMPLES_PACE_MS";

  /**
   * As the environment says.
   *
   * @throws IllegalArgumentException if it says something else than whole milliseconds
   */
  public static Pace configured(Duration otherwise) {
    String millis = System.getenv(VARIABLE);
    return millis == null || millis.isBlank() ? new Pace(otherwise) : of(millis.strip());
  }

  static Pace of(String millis) {
    if (!millis.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(
          VARIABLE + " is " + millis + "; give whole milliseconds, for instance 200");
    }
    return new Pace(Duration.ofMillis(Long.parseLong(millis)));
  }

  /** Sleeps; an interrupt ends it, which is how a cancelled attempt stops early. */
  public void pause() throws InterruptedException {
    Thread.sleep(length.toMillis());
  }
}
