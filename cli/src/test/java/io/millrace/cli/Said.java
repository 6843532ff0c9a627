package io.millrace.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What the command said when it was called in this JVM. */
record Said(int code, String out, String err) {
  static Said when(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Millrace.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new Said(command.execute(arguments), out.toString(), err.toString());
  }

  /** With more arguments after these. */
  static Said when(List<String> last, String... first) {
    return when(Stream.concat(Stream.of(first), last.stream()).toArray(String[]::new));
  }
}
