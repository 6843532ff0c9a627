package io.millrace.cli;

import io.millrace.OutcomeSummary;
import io.millrace.StreamedEvent;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints what appears on a run's stream: a line each, for a person or, as JSON, for a machine.
 * Thread-safe.
 */
final class StreamPrinter {
  private final PrintWriter out;
  private final Ansi ansi;
  private final boolean json;
  private final Supplier<String> clock;
  private final boolean runs;

  /**
   * @param ansi colours, if the terminal has them
   * @param json one JSON object a line
   * @param clock the text of a person's line that says when
   */
  StreamPrinter(PrintWriter out, Ansi ansi, boolean json, Supplier<String> clock) {
    this(out, ansi, json, clock, false);
  }

  private StreamPrinter(
      PrintWriter out, Ansi ansi, boolean json, Supplier<String> clock, boolean runs) {
    this.out = out;
    this.ansi = ansi;
    this.json = json;
    this.clock = clock;
    this.runs = runs;
  }

  /** For several runs at once: a person's line says which. */
  StreamPrinter withRuns() {
    return new StreamPrinter(out, ansi, json, clock, true);
  }

  void print(StreamedEvent event) {
    String line = json ? Json.streamed(event) : readable(event);
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  private String readable(StreamedEvent event) {
    String when = clock.get() + (runs ? "  " + event.runId() : "");
    String from = event.step().isEmpty() ? "" : event.step();
    return switch (event.kind()) {
      case EVENT -> line(when, from, event.type() + " " + event.json());
      case PROMPT ->
          line(when, from, paint("@|bold,yellow ? " + event.type() + "|@") + " " + event.json());
      case INTERNAL ->
          line(when, from, paint("@|faint " + event.type() + "|@") + " " + event.json());
      case ATTEMPT_RESTARTED ->
          line(when, from, paint("@|faint begins anew, attempt " + event.attempt() + "|@"));
      case TERMINAL ->
          line(when, from, paint("@|bold " + event.type() + "|@") + " " + ending(event));
    };
  }

  private String paint(String markup) {
    return ansi.string(markup);
  }

  private static String ending(StreamedEvent event) {
    OutcomeSummary outcome = event.outcome().orElseThrow();
    return outcome.status() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
  }

  private static String line(String when, String from, String what) {
    return String.format("%s  %-12s %s", when, from, what);
  }
}
