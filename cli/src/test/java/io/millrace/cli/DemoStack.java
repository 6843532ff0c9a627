package io.millrace.cli;

import io.millrace.StartOptions;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.cli.process.ProcessStack;
import io.millrace.config.MillraceConfig;
import io.millrace.examples.ExampleCatalog.Example;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The demo's processes, for tests: every part as {@code millrace demo} starts it. */
final class DemoStack implements AutoCloseable {
  final ProcessStack processes;
  final WorkflowClient client;
  final Example example;

  private DemoStack(ProcessStack processes, WorkflowClient client, Example example) {
    this.processes = processes;
    this.client = client;
    this.example = example;
  }

  static DemoStack start(String exampleName, Path work, Map<String, String> settings) {
    Path home = Path.of(System.getProperty("millrace.home"));
    Progress progress = new Progress(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    ProcessStack stack =
        ProcessStack.start(
            new ProcessStack.Layout(home, work, Optional.empty(), 0, 0, Optional.empty()),
            progress::up,
            progress::line);
    Example example = Examples.named(exampleName);
    Examples.startSteps(stack, example, settings);
    WorkflowClient client = WorkflowClient.create(MillraceConfig.of(stack.config()));
    Readiness.await(client, example, progress);
    return new DemoStack(stack, client, example);
  }

  static Map<String, String> documents() {
    return Map.of("MILLRACE_RAG_FOLDER", System.getProperty("millrace.home"));
  }

  UntypedRunHandle ask(String question) {
    return client.startJson(
        example.workflow().name(),
        Json.object(Map.of("question", question)),
        StartOptions.ofDefaults());
  }

  /** Ends the process at once, as {@code kill -9} does, and returns its id. */
  long kill(String name) {
    long pid = processes.pid(name);
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    return pid;
  }

  @Override
  public void close() {
    client.close();
    processes.close();
  }
}
