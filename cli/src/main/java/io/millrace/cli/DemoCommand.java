package io.millrace.cli;

import io.millrace.StartOptions;
import io.millrace.StreamedEvent;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.cli.process.ProcessStack;
import io.millrace.config.MillraceConfig;
import io.millrace.examples.ExampleCatalog.Example;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the main example on real components, each step in its own process. */
@Command(
    name = "demo",
    header = "Show the main example, every part a process of its own.",
    description = {
      "Answers a question from a folder of documents: a real Kafka broker, a schema registry, the coordinator, and every step in a process of its own.",
      "Prints the run's stream as it happens, then the answer with its sources, and ends everything."
    },
    footer = {
      "  millrace demo",
      "  millrace demo \"What happens when a worker dies?\"",
      "  millrace demo --folder ~/notes \"When is the dentist?\""
    })
final class DemoCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "QUESTION",
      defaultValue = "How long are the streams of finished runs kept?",
      description = "What to ask. Default: ${DEFAULT-VALUE}")
  String question = "";

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Text and Markdown files to answer from. Default: the project's own documentation.")
  @Nullable Path folder;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep broker, registry and coordinator data here. Default: nothing is kept.")
  @Nullable Path data;

  @Option(
      names = "--json",
      description = "Print the stream and the answer as JSON, a value a line.")
  boolean json;

  @Option(names = "--debug", description = "Show stack traces and the libraries' logs.")
  boolean debug;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    Progress progress = new Progress(terminal.err());
    Example rag = Examples.named("rag");
    Map<String, String> settings = new HashMap<>();
    settings.put("MILLRACE_RAG_FOLDER", DemoFolder.checked(Optional.ofNullable(folder)).toString());
    progress.line(
        "Starting everything: each part is a process of its own, except broker and registry, which share this one.");
    try (Stacks.Open open = Stacks.open(Optional.ofNullable(data), 0, 0, progress)) {
      try {
        answer(open.stack(), rag, settings, terminal, progress);
      } catch (RuntimeException e) {
        open.keepLogs();
        progress.line("The logs of all processes are in " + open.work().resolve("logs"));
        throw e;
      }
      progress.line("Ending everything.");
    }
    return 0;
  }

  private void answer(
      ProcessStack stack,
      Example rag,
      Map<String, String> settings,
      Terminal terminal,
      Progress progress) {
    Examples.startSteps(stack, rag, settings);
    try (WorkflowClient client = WorkflowClient.create(MillraceConfig.of(stack.config()))) {
      Readiness.await(client, rag, progress);
      progress.line("");
      progress.line("Question: " + question);
      ask(client, rag, terminal);
    }
  }

  private void ask(WorkflowClient client, Example rag, Terminal terminal) {
    String start = Json.object(Map.of("question", question));
    UntypedRunHandle run =
        client.startJson(rag.workflow().name(), start, StartOptions.ofDefaults());
    StreamPrinter printer = terminal.printer(json);
    AnswerPrinter readable = new AnswerPrinter(terminal.out(), printer);
    for (StreamedEvent event : run.streamEvents()) {
      if (json) {
        printer.print(event);
      } else {
        readable.print(event);
      }
    }
    PrintWriter out = terminal.out();
    String answer = run.result();
    out.println(json ? answer : AnswerText.of(answer));
    out.flush();
  }
}
