package io.millrace.cli;

import io.millrace.WorkflowClient;
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
    description =
        "Cancel a run: running steps are interrupted. Cancelling twice is cancelling once.")
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
    try (WorkflowClient client = WorkflowClient.create(connection.config())) {
      boolean wasRunning = client.attachUntyped(runId).cancel(reason);
      String done = wasRunning ? "cancelled" : "the run had ended before; nothing was done";
      Terminal.of(spec)
          .out()
          .println(json ? Json.object(Map.of("runId", runId, "cancelled", wasRunning)) : done);
      return 0;
    }
  }
}
