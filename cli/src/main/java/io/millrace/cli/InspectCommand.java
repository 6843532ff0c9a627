package io.millrace.cli;

import io.millrace.BufferState;
import io.millrace.OutcomeSummary;
import io.millrace.RunInspection;
import io.millrace.UntypedRunHandle;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.history.RunHistories;
import io.millrace.coordinator.history.RunHistory;
import io.millrace.coordinator.topology.RegisteredSteps;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
      "With --outcome, prints instead how the run ended, as one JSON object: status, result or failure, and the state that the outcome carries.",
      "With --history, prints instead what has happened in it: every attempt of every step, what came from outside, questions, notes, the end."
    },
    exitCodeList = "1:failure; with --outcome, also a run that has not ended",
    footer = {
      "  millrace inspect q1",
      "  millrace inspect q1 --history",
      "  millrace inspect q1 --outcome --wait 5m | jq .result"
    })
final class InspectCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
  String runId = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  /** Something else than where it stands. */
  static final class Shown {
    @Option(names = "--outcome", description = "Print how it ended, as JSON.")
    boolean outcome;

    @Option(names = "--history", description = "Print what has happened in it, oldest first.")
    boolean history;
  }

  @ArgGroup(exclusive = true)
  Shown shown = new Shown();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "With --outcome: wait for the end, at most so long. Default: not at all.")
  @Nullable String wait;

  @Override
  public Integer call() {
    Duration patience = wait == null ? Duration.ZERO : DurationText.parse("--wait", wait);
    Terminal terminal = Terminal.of(spec);
    MillraceConfig config = connection.config();
    try (Asking asking = Asking.at(config, terminal.progress())) {
      PrintWriter out = terminal.out();
      UntypedRunHandle handle = asking.answer(client -> client.attachUntyped(runId));
      if (shown.outcome) {
        out.println(
            terminal
                .progress()
                .during(
                    "waiting for the end of run " + runId, () -> Outcome.await(handle, patience)));
        return 0;
      }
      RunInspection run = asking.answer(client -> handle.inspect());
      if (shown.history) {
        print(run, history(run, config, terminal), terminal);
      } else if (json) {
        out.println(Json.of(run));
      } else {
        print(run, out);
      }
      return 0;
    }
  }

  private static RunHistory history(RunInspection run, MillraceConfig config, Terminal terminal) {
    return terminal
        .progress()
        .during(
            "reading the run log",
            () -> {
              try (RunHistories histories =
                  new RunHistories(config, RegisteredSteps.read(config))) {
                return histories.of(
                    new RunHistories.Wanted(
                        run.runId(), run.startedAt(), run.epoch(), run.outcome().isPresent()));
              }
            });
  }

  private void print(RunInspection run, RunHistory history, Terminal terminal) {
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("runId", run.runId());
      fields.putAll(Json.fields(history));
      terminal.out().println(Json.object(fields));
      return;
    }
    Timeline.print(history, terminal.out());
    history.gap().ifPresent(gap -> terminal.progress().line("(this is not all: " + gap + ")"));
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
