package io.millrace.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command writes: results to {@code out}, progress to {@code err}; colours only on a
 * terminal.
 */
record Terminal(PrintWriter out, PrintWriter err, Ansi ansi) {
  /**
   * @param spec injected by picocli before the command runs
   */
  static Terminal of(@Nullable CommandSpec spec) {
    CommandSpec injected =
        Objects.requireNonNull(spec, "picocli injects the command's specification");
    return new Terminal(
        injected.commandLine().getOut(),
        injected.commandLine().getErr(),
        injected.commandLine().getColorScheme().ansi());
  }

  Progress progress() {
    return new Progress(err);
  }

  StreamPrinter printer(boolean json) {
    return new StreamPrinter(out, ansi, json, new Progress(err)::clock);
  }
}
