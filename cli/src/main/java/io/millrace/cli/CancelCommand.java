package io.millrace.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a run. */
@Command(
    name = "cancel",
    header = "Cancel a run.",
    description =
        "Cancels a run: steps that are running are interrupted, its outcome is CANCELLED. Cancelling twice is cancelling once.",
    exitCodeList = "0:it does not run any more",
    footer = {"  millrace cancel q1", "  millrace cancel q1 --reason 'asked twice'"})
final class CancelCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
  String runId = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Kept in the run's outcome.")
  String reason = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    try (Asking asking = Asking.at(connection.config(), terminal.progress())) {
      boolean wasRunning = asking.answer(client -> client.attachUntyped(runId).cancel(reason));
      String done = wasRunning ? "cancelled" : "the run had ended before; nothing was done";
      terminal
          .out()
          .println(json ? Json.object(Map.of("runId", runId, "cancelled", wasRunning)) : done);
      return 0;
    }
  }
}
