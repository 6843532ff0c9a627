package io.millrace.cli;

import io.millrace.StreamCursor;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.index.RunIndex;
import io.millrace.coordinator.topology.RegisteredSteps;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows the stream of a run, or of all runs of a workflow. */
@Command(
    name = "tail",
    header = "Print the stream of a run, or of all runs of a workflow, as it happens.",
    description = {
      "Prints a run's stream, from its start, until the run ends. Any number of people may tail a run.",
      "With --workflow, follows all runs of a workflow: those under way, and every one that starts from now on, each from its start; until interrupted, or until as many have ended as --runs says. A run that is redriven is shown from its start again."
    },
    exitCodeList = "0:the stream was shown to its end, however the run ended",
    footer = {
      "  millrace tail q1",
      "  millrace tail q1 --json | jq -c .event",
      "  millrace tail --workflow rag --from now"
    })
final class TailCommand implements Callable<Integer> {
  private static final Duration LIST_PATIENCE = Duration.ofSeconds(15);

  /** What to follow. */
  static final class Target {
    @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
    @Nullable String runId;

    @Option(
        names = {"-w", "--workflow"},
        paramLabel = "NAME",
        description = "Instead: all runs of this workflow.")
    @Nullable String workflow;
  }

  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  Target target = new Target();

  @Option(
      names = "--from",
      paramLabel = "start|now|CURSOR",
      defaultValue = "start",
      description =
          "Where to begin; with --workflow for the runs under way. Default: ${DEFAULT-VALUE}. JSON output has a cursor in every line.")
  String from = "start";

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "With --workflow: end when so many runs have ended. Default: go on.")
  @Nullable Integer runs;

  @Option(names = "--internal", description = "Internal events too: retries, unhandled events.")
  boolean internal;

  @Option(names = "--json", description = "Print JSON, an event a line.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    StreamOptions options = kinds(beginning());
    Terminal terminal = Terminal.of(spec);
    MillraceConfig config = connection.config();
    try (Asking asking = Asking.at(config, terminal.progress())) {
      if (target.workflow != null) {
        follow(asking.client(), config, target.workflow, options, terminal);
        return 0;
      }
      StreamPrinter printer = terminal.printer(json);
      String runId = target.runId == null ? "" : target.runId;
      UntypedRunHandle run = asking.answer(client -> client.attachUntyped(runId));
      for (StreamedEvent event : run.streamEvents(options)) {
        printer.print(event);
      }
      return 0;
    }
  }

  private void follow(
      WorkflowClient client,
      MillraceConfig config,
      String workflow,
      StreamOptions underWay,
      Terminal terminal)
      throws InterruptedException {
    Progress progress = terminal.progress();
    try (RunIndex index =
            RunIndex.start(config.kafka(), config.namespace(), RegisteredSteps.read(config));
        WorkflowTail tail =
            new WorkflowTail(
                client,
                terminal.printer(json).withRuns(),
                progress,
                runs == null ? Integer.MAX_VALUE : runs)) {
      RunArrivals arrivals =
          new RunArrivals(
              workflow, (filter, after, limit) -> index.page(filter, after, limit, LIST_PATIENCE));
      progress.line("Following all runs of " + workflow + ". Press Ctrl-C to end it.");
      tail.follow(arrivals, underWay, kinds(StreamOptions.fromStart()));
    }
  }

  private StreamOptions kinds(StreamOptions options) {
    return internal ? options.withInternal() : options;
  }

  private StreamOptions beginning() {
    switch (from) {
      case "start":
        return StreamOptions.fromStart();
      case "now":
        return StreamOptions.fromNow();
      default:
        if (target.workflow != null) {
          throw new UsageException(
              "--from takes start or now with --workflow: a cursor is of one run's stream");
        }
        try {
          return StreamOptions.from(StreamCursor.parse(from));
        } catch (IllegalArgumentException e) {
          throw new UsageException(
              "--from takes start, now, or a cursor from JSON output, not '" + from + "'");
        }
    }
  }
}
