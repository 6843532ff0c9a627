package io.millrace.cli;

import io.millrace.InvalidStartException;
import io.millrace.StartOptions;
import io.millrace.StreamedEvent;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.json.JsonMismatchException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a run. */
@Command(
    name = "start",
    header = "Start a run of a workflow.",
    description = {
      "Starts a run of a workflow and prints its id. The event is plain JSON that fits the schema of the workflow's start event; what does not fit is refused with the name of the field. `millrace events WORKFLOW` shows what it takes.",
      "With --wait, prints the run's stream as it happens, then its result."
    },
    exitCodeList = {
      "0:the run was accepted; with --wait, it has completed",
      "1:failure; with --wait, also a run that did not complete"
    },
    footer = {
      "  millrace start rag '{\"question\": \"How long are streams kept?\"}' --wait",
      "  millrace start rag '{\"question\": \"What is a step?\"}' --run-id q1 --timeout 5m",
      "  millrace start human '{\"question\": \"How many?\"}' --state visits=3 --outcome-key visits"
    })
final class StartCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "WORKFLOW", description = "Name of the workflow.")
  String workflow = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "Fields of the start event, as JSON. Default: ${DEFAULT-VALUE}.")
  String event = "{}";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "Type of the start event, if the workflow has several; `millrace events WORKFLOW` shows them. Default: the only one.")
  @Nullable String type;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Id of the run; starting it twice is starting it once. Default: a new one.")
  @Nullable String runId;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description =
          "How long the whole run may take, for instance 30s, 5m, PT1H. Default: no limit.")
  @Nullable String timeout;

  @Option(
      names = "--pause-timeout-while-waiting",
      description = "Stop the clock of --timeout while the run only waits for a human.")
  boolean pauseTimeout;

  @Option(
      names = "--internal-events",
      description = "Put retries and unhandled events on the run's stream.")
  boolean internalEvents;

  @Option(
      names = "--state",
      paramLabel = "KEY=JSON",
      description = "What the run's state begins with; may be repeated.")
  Map<String, String> state = new LinkedHashMap<>();

  @Option(
      names = "--outcome-key",
      paramLabel = "KEY",
      description = "A key of the state that the outcome carries; may be repeated.")
  List<String> outcomeKeys = new ArrayList<>();

  @Option(
      names = {"-w", "--wait"},
      description = "Print the stream as it happens, then the result.")
  boolean wait;

  @Option(
      names = "--await-workflow",
      paramLabel = "DURATION",
      defaultValue = "0s",
      description =
          "How long to wait for the workflow's first step to register. Default: not at all.")
  String awaitWorkflow = "0s";

  @Option(names = "--json", description = "Print JSON, a value a line.")
  boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    String checked = Json.checked(event);
    StartOptions options = options();
    try (Asking asking = Asking.at(config(), terminal.progress())) {
      UntypedRunHandle run =
          asking.answer(
              "a step of workflow " + workflow + ", and a coordinator,",
              client -> started(client, checked, options));
      PrintWriter out = terminal.out();
      out.println(
          json ? Json.object(Map.of("runId", run.runId(), "workflow", workflow)) : run.runId());
      out.flush();
      if (!wait) {
        return 0;
      }
      StreamPrinter printer = terminal.printer(json);
      for (StreamedEvent streamed : run.streamEvents()) {
        printer.print(streamed);
      }
      String result = run.result();
      if (!json) {
        out.println(result);
      }
      return 0;
    }
  }

  private UntypedRunHandle started(WorkflowClient client, String json, StartOptions options) {
    try {
      return type == null
          ? client.startJson(workflow, json, options)
          : client.startJson(workflow, type, json, options);
    } catch (JsonMismatchException e) {
      throw new UsageException(
          "%s; `millrace events %s` shows what it takes".formatted(e.getMessage(), workflow));
    } catch (InvalidStartException e) {
      throw new UsageException(e.getMessage() + (type == null ? ": --type" : ""));
    }
  }

  private static StartOptions withState(StartOptions options, String key, String value) {
    try {
      return options.withStateJson(key, value);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--state: " + e.getMessage());
    }
  }

  private MillraceConfig config() {
    long millis = DurationText.parse("--await-workflow", awaitWorkflow).toMillis();
    return connection.config().with(Map.of("millrace.workflow.wait.ms", String.valueOf(millis)));
  }

  private StartOptions options() {
    StartOptions options = StartOptions.ofDefaults();
    if (runId != null) {
      options = options.withRunId(runId);
    }
    if (timeout != null) {
      options = options.withTimeout(DurationText.parse("--timeout", timeout));
    }
    if (pauseTimeout) {
      options = options.withPauseTimeoutWhileWaiting();
    }
    if (internalEvents) {
      options = options.withInternalEvents();
    }
    for (Map.Entry<String, String> entry : state.entrySet()) {
      options = withState(options, entry.getKey(), entry.getValue());
    }
    options = options.withOutcomeKeys(outcomeKeys.toArray(String[]::new));
    return options;
  }
}
