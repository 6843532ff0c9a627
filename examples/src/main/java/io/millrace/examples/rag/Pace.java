package io.millrace.examples.rag;

import java.time.Duration;

/**
 * A pause before each piece of work, so that a person can watch a run that would otherwise be over
 * at once. {@code MILLRACE_RAG_PACE_MS} says how many milliseconds; by default none.
 */
record Pace(Duration length) {
  static final Pace NONE = new Pace(Duration.ZERO);

  static Pace configured() {
    return of(System.getenv().getOrDefault("MILLRACE_RAG_PACE_MS", "0"));
  }

  static Pace of(String millis) {
    if (!millis.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(
          "MILLRACE_RAG_PACE_MS is " + millis + "; give whole milliseconds, for instance 200");
    }
    return new Pace(Duration.ofMillis(Long.parseLong(millis)));
  }

  void pause() throws InterruptedException {
    Thread.sleep(length.toMillis());
  }
}
