package io.millrace.bench;

import java.util.List;

/** One thing that users feel, measured against raw Kafka on the same broker in the same run. */
public interface Benchmark {
  /** For {@code --only}, and the first part of its figures' names. */
  String name();

  /** One line: what is measured, and against what. */
  String about();

  /** Whether it uses {@link Bench#chains}, which are kept until one comes that does not. */
  default boolean usesChains() {
    return false;
  }

  /** Whether {@code --quick} has it without being asked: what has a goal does. */
  default boolean isQuick() {
    return true;
  }

  /**
   * Runs it: a warm-up, several rounds, medians. Ends the workers that it started.
   *
   * @throws IllegalStateException if a result is wrong
   * @throws InterruptedException if the whole run is to end
   */
  List<Figure> run(Bench bench) throws InterruptedException;
}
