package io.millrace.cli;

import io.millrace.client.Clients;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.index.ListedRun;
import io.millrace.coordinator.index.RunFilter;
import io.millrace.coordinator.index.RunIndex;
import io.millrace.coordinator.index.RunPage;
import io.millrace.coordinator.index.RunPlace;
import io.millrace.coordinator.topology.RegisteredSteps;
import io.millrace.protocol.RunStatus;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(
    name = "runs",
    header = "List runs, newest first.",
    description = {
      "Lists the runs of a workflow, or of all, newest first: each that was accepted and whose retention has not passed. A run is in the list as soon as its start was accepted.",
      "Statuses: RUNNING, WAITING (for an event from outside), COMPLETED, FAILED, CANCELLED, TIMED_OUT, STALLED."
    },
    footer = {
      "  millrace runs",
      "  millrace runs rag --status FAILED,STALLED --since 24h",
      "  millrace runs --status WAITING --started-before 7d",
      "  millrace runs --limit 1000 --json | jq -r .runId"
    })
final class RunsCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int PAGE = 500;

  @Mixin Connection connection = new Connection();
  @Mixin OneOrAll asked = new OneOrAll();
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      description = "Only runs of these statuses; separated by commas.")
  Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only runs that started since: how long ago, for instance 30m or 24h, or a time such as 2026-01-31T12:00:00Z.")
  @Nullable String since;

  @Option(
      names = "--started-before",
      paramLabel = "TIME",
      description = "Only runs that started before: as --since.")
  @Nullable String before;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Most runs to list. Default: ${DEFAULT-VALUE}.")
  int limit;

  @Option(names = "--json", description = "Print JSON, a run a line.")
  boolean json;

  @Override
  public Integer call() {
    Pages.checkLimit(limit);
    RunFilter filter =
        new RunFilter(
            Optional.ofNullable(asked.workflow),
            statuses,
            time("--since", since),
            time("--started-before", before));
    Terminal terminal = Terminal.of(spec);
    MillraceConfig config = connection.config();
    List<ListedRun> runs =
        terminal.progress().during("reading the list of runs", () -> list(config, filter));
    PrintWriter out = terminal.out();
    if (json) {
      runs.forEach(run -> out.println(Json.of(run)));
      return 0;
    }
    Table table = new Table("RUN", "WORKFLOW", "STATUS", "STARTED", "TOOK");
    runs.forEach(
        run ->
            table.row(
                run.runId(),
                run.workflow(),
                run.status().name(),
                run.startedAt().truncatedTo(ChronoUnit.MILLIS).toString(),
                run.endedAt()
                    .map(ended -> DurationText.brief(Duration.between(run.startedAt(), ended)))
                    .orElse("")));
    table.print(out);
    if (runs.isEmpty()) {
      terminal.progress().line("no such run");
    } else if (runs.size() == limit) {
      terminal.progress().line("(there may be more: --limit)");
    }
    return 0;
  }

  private static Optional<Instant> time(String option, @Nullable String text) {
    return Optional.ofNullable(text).map(given -> TimeText.parse(option, given, Clock.systemUTC()));
  }

  private List<ListedRun> list(MillraceConfig config, RunFilter filter) {
    Clients.requireBroker(config);
    try (RunIndex index =
        RunIndex.start(config.kafka(), config.namespace(), RegisteredSteps.read(config))) {
      return Pages.first(
          limit,
          PAGE,
          (Optional<RunPlace> after, int most) -> {
            RunPage page = index.page(filter, after, most, PATIENCE);
            return new Pages.Page<>(page.runs(), page.next());
          });
    }
  }
}
