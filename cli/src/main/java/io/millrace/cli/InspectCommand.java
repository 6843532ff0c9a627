package io.millrace.cli;

import io.millrace.BufferState;
import io.millrace.OutcomeSummary;
import io.millrace.RunInspection;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the coordinator knows of a run. */
@Command(
    name = "inspect",
    header = "Show where a run stands, or how it ended.",
    description = {
      "Shows what the coordinator knows of a run: open executions, buffers, prompts, keys of its state, notes, outcome.",
      "With --outcome, prints instead how the run ended, as one JSON object: status, result or failure, and the state that the outcome carries."
    },
    exitCodeList = "1:failure; with --outcome, also a run that has not ended",
    footer = {"  millrace inspect q1", "  millrace inspect q1 --outcome --wait 5m | jq .result"})
final class InspectCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
  String runId = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(names = "--outcome", description = "Print how it ended, as JSON.")
  boolean outcome;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "With --outcome: wait for the end, at most so long. Default: not at all.")
  @Nullable String wait;

  @Override
  public Integer call() {
    Duration patience = wait == null ? Duration.ZERO : DurationText.parse("--wait", wait);
    try (WorkflowClient client = WorkflowClient.create(connection.config())) {
      PrintWriter out = Terminal.of(spec).out();
      UntypedRunHandle handle = client.attachUntyped(runId);
      if (outcome) {
        out.println(Outcome.await(handle, patience));
        return 0;
      }
      RunInspection run = handle.inspect();
      if (json) {
        out.println(Json.of(run));
      } else {
        print(run, out);
      }
      return 0;
    }
  }

  private static void print(RunInspection run, PrintWriter out) {
    out.printf("run         %s%n", run.runId());
    out.printf("workflow    %s%n", run.workflow());
    out.printf("status      %s%n", run.status());
    out.printf("started     %s%n", run.startedAt());
    run.outcome()
        .ifPresent(
            o ->
                out.printf(
                    "ended       %s%s%n",
                    o.endedAt(), o.reason().isEmpty() ? "" : "  (" + o.reason() + ")"));
    run.outcome()
        .flatMap(OutcomeSummary::failedExecution)
        .ifPresent(failed -> out.printf("failed      execution %s%n", failed));
    for (RunInspection.Execution open : run.executions()) {
      out.printf(
          "execution   %-16s %-10s attempt %d of %s, since %s%s%n",
          open.step(),
          open.phase(),
          open.attempt(),
          open.eventType(),
          open.since(),
          open.worker().map(worker -> ", worker " + worker).orElse(""));
    }
    run.prompts()
        .forEach(
            p ->
                out.printf(
                    "prompt      %-16s id %s, since %s%n", p.eventType(), p.eventId(), p.since()));
    run.waiters()
        .forEach(
            w ->
                out.printf(
                    "waits       %-16s for %s, since %s%n", w.step(), w.eventType(), w.since()));
    for (BufferState buffer : run.buffers()) {
      out.printf("buffer      %s%n", buffer);
    }
    run.parked().forEach(type -> out.printf("parked      %s: no step accepts it yet%n", type));
    if (!run.stateKeys().isEmpty()) {
      out.printf("state       %s%n", String.join(", ", run.stateKeys()));
    }
    run.notes().forEach(note -> out.printf("note        %s%n", note));
  }
}
