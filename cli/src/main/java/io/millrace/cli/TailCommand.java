package io.millrace.cli;

import io.millrace.StreamCursor;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.WorkflowClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a run's stream. */
@Command(
    name = "tail",
    description =
        "Print a run's stream, from its start, until the run ends. Any number of people may tail a run.")
final class TailCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
  String runId = "";

  @Option(
      names = "--from",
      paramLabel = "start|now|CURSOR",
      defaultValue = "start",
      description =
          "Where to begin. Default: ${DEFAULT-VALUE}. JSON output has a cursor in every line.")
  String from = "start";

  @Option(names = "--internal", description = "Internal events too: retries, unhandled events.")
  boolean internal;

  @Option(names = "--json", description = "Print JSON, an event a line.")
  boolean json;

  @Override
  public Integer call() {
    StreamOptions options = internal ? beginning().withInternal() : beginning();
    try (WorkflowClient client = WorkflowClient.create(connection.config())) {
      StreamPrinter printer = Terminal.of(spec).printer(json);
      for (StreamedEvent event : client.attachUntyped(runId).streamEvents(options)) {
        printer.print(event);
      }
      return 0;
    }
  }

  private StreamOptions beginning() {
    switch (from) {
      case "start":
        return StreamOptions.fromStart();
      case "now":
        return StreamOptions.fromNow();
      default:
        try {
          return StreamOptions.from(StreamCursor.parse(from));
        } catch (IllegalArgumentException e) {
          throw new UsageException(
              "--from takes start, now, or a cursor from JSON output, not '" + from + "'");
        }
    }
  }
}
