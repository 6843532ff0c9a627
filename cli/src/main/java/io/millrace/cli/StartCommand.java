package io.millrace.cli;

import io.millrace.StartOptions;
import io.millrace.StreamedEvent;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.step.Durations;
import java.io.PrintWriter;
import java.time.Duration;
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
    description = "Start a run of a workflow and print its id.",
    footer = {
      "",
      "Example: millrace start rag '{\"question\":\"How long are streams kept?\"}' --wait"
    })
final class StartCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "WORKFLOW", description = "Name of the workflow.")
  String workflow = "";

  @Parameters(
      index = "1",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "Fields of the start event, as JSON. Default: ${DEFAULT-VALUE}.")
  String event = "{}";

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Id of the run; starting it twice is starting it once. Default: a new one.")
  @Nullable String runId;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "Of the whole run, for instance 30s, 5m, PT1H. Default: none.")
  @Nullable String timeout;

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
    try (WorkflowClient client = WorkflowClient.create(config())) {
      UntypedRunHandle run = client.startJson(workflow, checked, options);
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

  private MillraceConfig config() {
    long millis = duration("--await-workflow", awaitWorkflow).toMillis();
    return connection.config().with(Map.of("millrace.workflow.wait.ms", String.valueOf(millis)));
  }

  private StartOptions options() {
    StartOptions options = StartOptions.ofDefaults();
    if (runId != null) {
      options = options.withRunId(runId);
    }
    if (timeout != null) {
      options = options.withTimeout(duration("--timeout", timeout));
    }
    return options;
  }

  private static Duration duration(String option, String text) {
    try {
      return Durations.parse(text).orElseThrow(() -> new IllegalArgumentException("it is empty"));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          option
              + " '"
              + text
              + "' is not a duration: write for instance 500ms, 30s, 5m, 2h or PT30S");
    }
  }
}
