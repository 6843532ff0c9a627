package io.millrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells a person, line by line, how far a command has come. Goes to standard error, so that
 * standard output holds results only. Thread-safe.
 */
final class Progress {
  private static final Duration MOMENT = Duration.ofSeconds(2);
  private final PrintWriter out;
  private final long began = System.nanoTime();

  Progress(PrintWriter out) {
    this.out = out;
  }

  /** A part is up. */
  void up(String what, String where, Duration took) {
    line(
        String.format(Locale.ROOT, "  %-22s %-44s %5.1f s", what, where, took.toMillis() / 1000.0));
  }

  /**
   * Does the work; if it takes longer than a moment, says what is being waited for.
   *
   * @param what as in "reading the list of runs"
   */
  <T> T during(String what, Supplier<T> work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    done.orTimeout(MOMENT.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            late -> {
              line(what + " ...");
              return null;
            });
    try {
      return work.get();
    } finally {
      done.complete(null);
    }
  }

  void line(String text) {
    synchronized (out) {
      out.println(text);
      out.flush();
    }
  }

  /** Seconds since the command began, for a column of times. */
  String clock() {
    return String.format(Locale.ROOT, "%6.2f s", (System.nanoTime() - began) / 1e9);
  }
}
