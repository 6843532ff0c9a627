package io.millrace.cli;

import io.millrace.Redriven;
import io.millrace.UntypedRunHandle;
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

/** Goes on with a failed run. */
@Command(
    name = "redrive",
    header = "Go on with a failed run.",
    description =
        "Goes on with a failed run: what was open when it failed is tried again, with fresh attempts. `millrace dead-letters` shows what failed and why.",
    footer = {
      "  millrace redrive q1",
      "  millrace redrive q1 --execution 3f2a9c    # as dead-letters names it"
    })
final class RedriveCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
  String runId = "";

  @Option(
      names = "--execution",
      paramLabel = "ID",
      description = "Only this execution; default: all that were open.")
  @Nullable String executionId;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    try (Asking asking = Asking.at(connection.config(), terminal.progress())) {
      Redriven done = asking.answer(this::redriven);
      terminal
          .out()
          .println(
              json
                  ? Json.object(
                      Map.of(
                          "runId", runId,
                          "epoch", done.epoch(),
                          "executions", done.executions()))
                  : "redriven: %d execution%s, epoch %d"
                      .formatted(
                          done.executions(), done.executions() == 1 ? "" : "s", done.epoch()));
      return 0;
    }
  }

  private Redriven redriven(WorkflowClient client) {
    UntypedRunHandle run = client.attachUntyped(runId);
    return executionId == null ? run.redrive() : run.redrive(executionId);
  }
}
