package io.millrace.client;

import io.millrace.InvalidStartException;
import io.millrace.RunHandle;
import io.millrace.RunInspection;
import io.millrace.StartOptions;
import io.millrace.UntypedRunHandle;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.WorkflowInfo;
import io.millrace.WrongWorkflowException;
import io.millrace.event.EventType;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.StartAccepted;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The client over Kafka. */
final class KafkaWorkflowClient implements WorkflowClient {
  private final ClientLink link;
  private final AtomicBoolean closed = new AtomicBoolean();

  KafkaWorkflowClient(ClientLink link) {
    this.link = link;
  }

  @Override
  public <I, O> RunHandle<O> start(Workflow<I, O> workflow, I event) {
    return start(workflow, event, StartOptions.ofDefaults());
  }

  @Override
  public <I, O> RunHandle<O> start(Workflow<I, O> workflow, I event, String runId) {
    return start(workflow, event, StartOptions.ofDefaults().withRunId(runId));
  }

  @Override
  public <I, O> RunHandle<O> start(Workflow<I, O> workflow, I event, StartOptions options) {
    RunWatch watch = started(prepared(workflow, event, options));
    return new TypedRunHandle<>(link, workflow.name(), watch, workflow.stopType());
  }

  @Override
  public <I, O> CompletableFuture<RunHandle<O>> startAsync(
      Workflow<I, O> workflow, I event, StartOptions options) {
    Start start = prepared(workflow, event, options);
    return link.requests()
        .askAsync("start", start.watch().runId(), start.body())
        .thenApplyAsync(
            reply -> {
              Answers.expect(StartAccepted.class, reply);
              return new TypedRunHandle<>(
                  link, workflow.name(), start.watch(), workflow.stopType());
            },
            link.handOver());
  }

  private static StartOptions timed(StartOptions options, Workflow<?, ?> workflow) {
    return options.timeout().isEmpty() && workflow.timeout().isPresent()
        ? options.withTimeout(workflow.timeout().get())
        : options;
  }

  private static void requireStartKind(EventType type) {
    if (type.kind() != EventKind.START) {
      throw new InvalidStartException(
          "a "
              + type.name()
              + " cannot begin a run: its kind is "
              + type.kind()
              + "; start events implement StartEvent",
          List.of());
    }
  }

  @Override
  public UntypedRunHandle startJson(String workflow, String json, StartOptions options) {
    Namespace.checkWorkflow(workflow);
    return startJson(
        workflow,
        link.catalog().onlyStart(workflow, link.settings().workflowWait()),
        json,
        options);
  }

  @Override
  public UntypedRunHandle startJson(
      String workflow, String startType, String json, StartOptions options) {
    Namespace.checkWorkflow(workflow);
    return startJson(
        workflow,
        link.catalog().start(workflow, startType, link.settings().workflowWait()),
        json,
        options);
  }

  private UntypedRunHandle startJson(
      String workflow, EventDeclaration declared, String json, StartOptions options) {
    byte[] value = link.values().fromJson(declared, json, workflow);
    return new JsonRunHandle(
        link,
        workflow,
        started(prepared(workflow, declared.getType(), value, options)),
        Optional.empty());
  }

  /** A start that has passed all checks: from here on something is written. */
  private record Start(RunWatch watch, Function<RequestInfo, Object> body) {}

  private <I, O> Start prepared(Workflow<I, O> workflow, I event, StartOptions options) {
    EventType type = link.values().typeOf(event.getClass());
    requireStartKind(type);
    String name = workflow.name();
    link.catalog().requireStart(name, type.name(), link.settings().workflowWait());
    byte[] value = link.values().encode(event, name);
    return prepared(name, type.name(), value, timed(options, workflow));
  }

  private Start prepared(String workflow, String type, byte[] value, StartOptions options) {
    String runId = options.runId().orElseGet(TimeOrderedIds::next);
    return new Start(
        link.watches().watch(runId),
        info -> RequestBodies.start(info, runId, workflow, type, value, options));
  }

  private RunWatch started(Start start) {
    Reply reply = link.requests().ask("start", start.watch().runId(), start.body());
    Answers.expect(StartAccepted.class, reply);
    return start.watch();
  }

  @Override
  public <I, O> RunHandle<O> attach(Workflow<I, O> workflow, String runId) {
    RunWatch watch = link.watches().watch(Namespace.checkRunId(runId));
    RunInspection run = inspect(watch);
    if (!run.workflow().equals(workflow.name())) {
      throw new WrongWorkflowException(
          "run %s belongs to workflow %s, not %s"
              .formatted(runId, run.workflow(), workflow.name()));
    }
    return new TypedRunHandle<>(link, workflow.name(), watch, workflow.stopType());
  }

  @Override
  public UntypedRunHandle attachUntyped(String runId) {
    RunWatch watch = link.watches().watch(Namespace.checkRunId(runId));
    RunInspection run = inspect(watch);
    return new JsonRunHandle(link, run.workflow(), watch, Optional.of(run));
  }

  /** An outcome that was written long ago comes with the reply. */
  private RunInspection inspect(RunWatch watch) {
    RunInspection run = AbstractRunHandle.inspect(link, watch.runId());
    link.watches().atEpoch(watch, run.epoch());
    return run;
  }

  @Override
  public List<WorkflowInfo> workflows() {
    return link.catalog().list(link.settings().workflowWait());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      link.close();
    }
  }
}
