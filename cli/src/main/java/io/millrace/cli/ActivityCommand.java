package io.millrace.cli;

import io.millrace.client.Clients;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.index.RunFilter;
import io.millrace.coordinator.index.RunIndex;
import io.millrace.coordinator.index.WorkflowActivity;
import io.millrace.coordinator.topology.RegisteredSteps;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts what goes on. */
@Command(
    name = "activity",
    header = "Count runs by status, and what is open at which step.",
    description = {
      "Counts what goes on now in a workflow, or in all: its remembered runs by status, and the open executions of its running runs by step.",
      "QUEUED waits for its turn within its run; SENT is with the step's workers and not yet adopted; RUNNING is adopted by a worker; RETRYING is between two attempts; SUSPENDED waits for an event."
    },
    footer = {
      "  millrace activity",
      "  watch millrace activity rag",
      "  millrace activity --json | jq .runs"
    })
final class ActivityCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Mixin Connection connection = new Connection();
  @Mixin OneOrAll asked = new OneOrAll();
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON, a workflow a line.")
  boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    MillraceConfig config = connection.config();
    List<WorkflowActivity> activities =
        terminal.progress().during("reading what goes on", () -> read(config));
    PrintWriter out = terminal.out();
    if (json) {
      activities.forEach(activity -> out.println(Json.of(activity)));
    } else {
      print(activities, out);
    }
    if (activities.isEmpty()) {
      terminal.progress().line("no runs");
    }
    return 0;
  }

  private List<WorkflowActivity> read(MillraceConfig config) {
    Clients.requireBroker(config);
    try (RunIndex index =
        RunIndex.start(config.kafka(), config.namespace(), RegisteredSteps.read(config))) {
      // Counting waits for nothing, a page for all that was there when it was asked for.
      index.page(RunFilter.ALL, Optional.empty(), 1, PATIENCE);
      return index.activity().stream()
          .filter(one -> asked.workflow == null || one.workflow().equals(asked.workflow))
          .toList();
    }
  }

  private static void print(List<WorkflowActivity> activities, PrintWriter out) {
    Table runs = new Table("WORKFLOW", "RUNS");
    Table steps =
        new Table("WORKFLOW", "STEP", "QUEUED", "SENT", "RUNNING", "RETRYING", "SUSPENDED");
    for (WorkflowActivity activity : activities) {
      runs.row(
          activity.workflow(),
          activity.runs().entrySet().stream()
              .map(count -> count.getValue() + " " + count.getKey())
              .collect(Collectors.joining(", ")));
      activity
          .steps()
          .forEach(
              (step, open) ->
                  steps.row(
                      activity.workflow(),
                      step,
                      count(open, Phase.QUEUED, Phase.CONTENDING),
                      count(open, Phase.DISPATCHED),
                      count(open, Phase.RUNNING),
                      count(open, Phase.RETRYING),
                      count(open, Phase.SUSPENDED)));
    }
    runs.print(out);
    steps.print(out);
  }

  private static String count(Map<Phase, Integer> open, Phase... phases) {
    int sum = 0;
    for (Phase phase : phases) {
      sum += open.getOrDefault(phase, 0);
    }
    return String.valueOf(sum);
  }
}
