package io.millrace.client;

import io.millrace.ClientClosedException;
import io.millrace.EventStream;
import io.millrace.Redriven;
import io.millrace.ResultTimeoutException;
import io.millrace.RunHandle;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.StreamOptions;
import io.millrace.UnknownRunException;
import io.millrace.WorkflowException;
import io.millrace.event.EventType;
import io.millrace.protocol.CancelAccepted;
import io.millrace.protocol.CancelRun;
import io.millrace.protocol.EventAccepted;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.InspectRun;
import io.millrace.protocol.RedriveAccepted;
import io.millrace.protocol.RedriveRun;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.RunSnapshot;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What typed and untyped handles have in common: all but the reading of the stop event. */
abstract class AbstractRunHandle<O> implements RunHandle<O> {
  private static final Duration FOR_EVER = Duration.ofDays(100_000);

  private final ClientLink link;
  private final String workflow;
  private final RunWatch watch;

  AbstractRunHandle(ClientLink link, String workflow, RunWatch watch) {
    this.link = link;
    this.workflow = workflow;
    this.watch = watch;
  }

  /** Reads the run's stop event. */
  abstract O read(EventData stopEvent);

  /** Classes that streamed events are decoded as, besides those that the reader names. */
  abstract List<Class<?>> knownClasses();

  final ClientLink link() {
    return link;
  }

  @Override
  public String runId() {
    return watch.runId();
  }

  @Override
  public String workflow() {
    return workflow;
  }

  @Override
  public EventStream streamEvents() {
    return streamEvents(StreamOptions.fromStart());
  }

  @Override
  public EventStream streamEvents(StreamOptions options) {
    List<Class<?>> decodeAs = new ArrayList<>(options.decodeAs());
    decodeAs.addAll(knownClasses());
    return new RunStream(
        link, workflow, watch, options, new StreamView(runId(), decodeAs, link.values()));
  }

  @Override
  public O result() {
    return result(FOR_EVER);
  }

  @Override
  public O result(Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    try {
      RunOutcome outcome = watch.future().get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      awaitTerminal(outcome, deadline);
      return read(Outcomes.stopEvent(outcome));
    } catch (TimeoutException e) {
      throw new ResultTimeoutException(
          "run %s has not ended within %d ms; it goes on, ask again or inspect it"
              .formatted(runId(), timeout.toMillis()));
    } catch (InterruptedException e) {
      throw Deadline.interrupted(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof WorkflowException named
          ? named
          : new ClientClosedException("the outcome of run " + runId() + " cannot be read: " + e);
    }
  }

  @Override
  public CompletableFuture<O> resultAsync() {
    return endAsync(outcome -> read(Outcomes.stopEvent(outcome)));
  }

  /**
   * What is made of the outcome when it is there, and the terminal event too. Who cancels it waits
   * no longer, and nothing of it is kept.
   */
  final <T> CompletableFuture<T> endAsync(Function<RunOutcome, T> made) {
    return link.watches()
        .whenEnded(
            watch,
            outcome -> {
              CompletableFuture<@Nullable Void> wait =
                  new TerminalWait(link).begin(watch, outcome, Deadline.in(FOR_EVER));
              Function<@Nullable Void, T> result = none -> made.apply(outcome);
              return wait.isDone()
                  ? wait.thenApply(result)
                  : wait.thenApplyAsync(result, link.handOver());
            },
            link.handOver());
  }

  private void awaitTerminal(RunOutcome outcome, Deadline deadline) throws InterruptedException {
    CompletableFuture<@Nullable Void> wait = new TerminalWait(link).begin(watch, outcome, deadline);
    try {
      wait.get();
    } catch (InterruptedException e) {
      wait.cancel(false);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException refused
          ? refused
          : new IllegalStateException("the end of run " + runId() + " cannot be awaited", e);
    }
  }

  @Override
  public boolean sendEvent(Object event) {
    return sendEvent(event, SendOptions.ofDefaults());
  }

  @Override
  public boolean sendEvent(Object event, SendOptions options) {
    EventType type = link.values().typeOf(event.getClass());
    return send(type.name(), type.kind(), link.values().encode(event, workflow), options);
  }

  final boolean send(String type, EventKind kind, byte[] value, SendOptions options) {
    String id = options.eventId().orElseGet(() -> UUID.randomUUID().toString());
    Map<String, String> fields = link.values().fields(value);
    Reply reply =
        link.requests()
            .ask(
                "event",
                runId(),
                info -> RequestBodies.event(info, id, type, kind, value, fields, options));
    return !Answers.expect(EventAccepted.class, reply).getDuplicate();
  }

  @Override
  public boolean cancel() {
    return cancel("");
  }

  @Override
  public boolean cancel(String reason) {
    Reply reply = link.requests().askAnyway("cancel", runId(), info -> new CancelRun(info, reason));
    if (reply.getAnswer() instanceof Refused refused) {
      if (refused.getCode() == RefusalCode.RUN_FINISHED) {
        return false;
      }
      throw Refusals.exception(runId(), refused);
    }
    return !Answers.expect(CancelAccepted.class, reply).getFinished();
  }

  @Override
  public Redriven redrive() {
    return redrive(Optional.empty());
  }

  @Override
  public Redriven redrive(String executionId) {
    return redrive(Optional.of(executionId));
  }

  private Redriven redrive(Optional<String> executionId) {
    Reply reply =
        link.requests()
            .ask("redrive", runId(), info -> new RedriveRun(info, executionId.orElse(null)));
    RedriveAccepted accepted = Answers.expect(RedriveAccepted.class, reply);
    link.watches().atEpoch(watch, accepted.getEpoch());
    return new Redriven(accepted.getEpoch(), accepted.getExecutions());
  }

  @Override
  public RunInspection inspect() {
    return inspect(link, runId());
  }

  static RunInspection inspect(ClientLink link, String runId) {
    Reply reply = link.requests().ask("inspect", runId, InspectRun::new);
    RunSnapshot snapshot = Answers.expect(RunSnapshot.class, reply);
    if (snapshot.getStatus() == RunStatus.UNKNOWN) {
      throw new UnknownRunException(
          "run "
              + runId
              + " is not known in namespace "
              + link.namespace().name()
              + ": never started, or past its retention");
    }
    return Inspections.inspection(reply, snapshot);
  }
}
