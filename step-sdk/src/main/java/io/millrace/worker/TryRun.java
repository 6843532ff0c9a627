package io.millrace.worker;

import io.millrace.observe.ObservedTry;
import io.millrace.observe.ObservedTry.End;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.Effect;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.FailureKind;
import io.millrace.protocol.Traced;
import io.millrace.protocol.Unwanted;
import io.millrace.step.TryResult;
import io.millrace.step.TryServices;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try of one execution, from the slot to the acknowledged record.
 *
 * <pre>
 * WAITING    to be adopted first and its record to be  -> RUNNING, CANCELLED, ABANDONED
 *            recorded as dealt with, or for a thread
 * RUNNING    the step's code; adopted after the grace  -> CONCLUDED, TIMED_OUT, CANCELLED, ABANDONED
 * CONCLUDED  stream and chunks acknowledged, completion durable, record acknowledged: in this order
 * TIMED_OUT  the same with a failure; what the code does afterwards counts for nothing
 * CANCELLED  nothing is said, the record is acknowledged
 * ABANDONED  nothing is said, the record is left to others (unless adopted: then the beats are)
 * </pre>
 *
 * The slot is given back when both the verdict is durable and the code has returned, whichever
 * comes last: code that ignores its interrupt keeps its slot, and that is logged, because giving
 * the slot away would let stuck code pile up without bound.
 */
final class TryRun implements TryServices {
  private enum Phase {
    WAITING,
    RUNNING,
    CONCLUDED,
    TIMED_OUT,
    CANCELLED,
    ABANDONED
  }

  private static final Logger LOG = LoggerFactory.getLogger(TryRun.class);
  private static final long STUCK_AFTER_SECONDS = 10;

  private final TryEnvironment env;
  private final Dispatch dispatch;
  private final DispatchTarget target;
  private final byte[] value;
  private final Origin origin;
  private final Runnable acknowledge;
  private final Runnable release;
  private final String tryId;
  private final EffectBuffer effects;
  private final StreamWrites stream;
  private final TryReport report;
  private final AtomicBoolean acknowledged = new AtomicBoolean();
  private final AtomicInteger holds = new AtomicInteger(2); // the verdict's, and the code's
  private volatile Phase phase = Phase.WAITING;
  private volatile boolean codeReturned;
  private volatile ObservedTry observed = ObservedTry.NONE;
  private @Nullable Thread thread;
  private boolean hurried;
  private @Nullable ScheduledFuture<?> adoption;
  private @Nullable ScheduledFuture<?> timeout;

  /**
   * @param acknowledge the record is dealt with, as far as this try goes
   * @param release the record is left to others
   */
  TryRun(
      TryEnvironment env,
      Dispatch dispatch,
      DispatchTarget target,
      byte[] value,
      Origin origin,
      Runnable acknowledge,
      Runnable release) {
    this.env = env;
    this.dispatch = dispatch;
    this.target = target;
    this.value = value;
    this.origin = origin;
    this.acknowledge = acknowledge;
    this.release = release;
    this.tryId = env.incarnation().nextTryId();
    this.effects = new EffectBuffer(env.log(), runId(), target.getToken(), tryId, env.chunkBytes());
    this.stream = new StreamWrites(env.streams(), env.streamTopics(), dispatch, target, tryId);
    this.report =
        new TryReport(
            env.log(),
            dispatch.getRunId(),
            target.getToken(),
            env.incarnation().id(),
            tryId,
            stream::count,
            this::traceparent);
  }

  String runId() {
    return dispatch.getRunId();
  }

  String executionId() {
    return target.getToken().getExecutionId();
  }

  /** Takes a slot and begins; returns at once. */
  void start() {
    env.slots().take();
    env.tries().add(this);
    adoptAfter(env.adoptionGrace().toMillis());
    env.threads().execute(this::runCode);
  }

  /**
   * As {@link #start}, but the code runs only when the work is adopted and its record does not come
   * again: code that kills its process is then counted as lost by its lease, and kills no other
   * worker meanwhile (E3). If it cannot be known whether the record comes again, the code runs
   * anyway: the beats of this worker claim it, and nobody else would run it.
   *
   * @param recorded ends once it is recorded that the record is dealt with; here at the latest
   *     after a while
   */
  void startAdopted(CompletableFuture<Void> recorded) {
    env.slots().take();
    env.tries().add(this);
    report
        .started()
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                acknowledgeRecord();
                recorded
                    .completeOnTimeout(null, env.recordPatience().toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(() -> env.threads().execute(this::runCode));
              } else {
                env.fatality().end("work could not be claimed before running it", error);
                abandon();
                env.threads().execute(this::runCode);
              }
            });
  }

  private synchronized void adoptAfter(long millis) {
    if (phase == Phase.WAITING || phase == Phase.RUNNING) {
      adoption = env.control().schedule(this::adopt, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Adopts now what would be adopted when the grace is over; once, for errors must be paced. */
  synchronized void adoptEarly() {
    if (!hurried && adoption != null && adoption.cancel(false)) {
      hurried = true;
      env.control().execute(this::adopt);
    }
  }

  boolean isOf(TryEnvironment step) {
    return env.equals(step);
  }

  /** From here on the record is not needed: beats keep the execution, not the group's session. */
  private void adopt() {
    if (phase != Phase.WAITING && phase != Phase.RUNNING) {
      return;
    }
    report
        .started()
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                acknowledgeRecord();
              } else {
                LOG.warn(
                    "Long work could not be adopted; its record stays unacknowledged, and adoption"
                        + " is tried again. runId={} executionId={} error={}",
                    runId(),
                    executionId(),
                    error.toString());
                adoptAfter(TimeUnit.SECONDS.toMillis(1));
              }
            });
  }

  private void runCode() {
    try {
      if (beginRunning()) {
        TryResult result = call();
        if (leaveRunning(Phase.CONCLUDED)) {
          conclude(result);
        }
      }
    } finally {
      codeReturned = true;
      letGo();
    }
  }

  private synchronized boolean beginRunning() {
    if (phase != Phase.WAITING) {
      return false;
    }
    phase = Phase.RUNNING;
    thread = Thread.currentThread();
    observed = env.observer().begins(dispatch, target, origin.traceparent(), origin.sentMillis());
    env.runner()
        .definition()
        .timeout()
        .ifPresent(
            after ->
                timeout =
                    env.control().schedule(this::timeOut, after.toMillis(), TimeUnit.MILLISECONDS));
    return true;
  }

  private TryResult call() {
    try {
      return env.runner().run(dispatch, target, value, this);
    } catch (Throwable e) {
      // The runner promises not to; an error of the JVM still must not lose the execution.
      LOG.error(
          "Running a step failed outside its code; the attempt fails. runId={} step={}",
          runId(),
          target.getStep(),
          e);
      return new TryResult.Failed(
          FailureKind.EXCEPTION,
          new ErrorInfo(e.getClass().getName(), String.valueOf(e.getMessage()), ""),
          true);
    } finally {
      observed.returned();
      synchronized (this) {
        thread = null;
        Thread.interrupted(); // an interrupt that came too late must not disturb what follows
      }
    }
  }

  /** The one place where a try's verdict is decided. */
  private synchronized boolean leaveRunning(Phase next) {
    if (phase != Phase.WAITING && phase != Phase.RUNNING) {
      return false;
    }
    phase = next;
    stop(adoption);
    stop(timeout);
    if (thread != null) {
      thread.interrupt();
    }
    return true;
  }

  private static void stop(@Nullable ScheduledFuture<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void timeOut() {
    if (leaveRunning(Phase.TIMED_OUT)) {
      watchForStuckCode();
      conclude(
          new TryResult.Failed(
              FailureKind.TIMEOUT,
              new ErrorInfo(
                  "StepTimeout",
                  "step %s did not end within %s"
                      .formatted(
                          target.getStep(), env.runner().definition().timeout().orElseThrow()),
                  ""),
              true));
    }
  }

  /** A later round is another matter: a redrive has sent the execution out again (law 16). */
  boolean isMeant(Unwanted work) {
    return work.getExecutionId().equals(executionId())
        && target.getToken().getRound() <= work.getRound();
  }

  /** The run no longer wants this. */
  void cancel() {
    if (leaveRunning(Phase.CANCELLED)) {
      LOG.debug("Cancelled. runId={} executionId={}", runId(), executionId());
      watchForStuckCode();
      acknowledgeRecord();
      observed.ended(End.CANCELLED, null, stream.count());
      letGo();
    }
  }

  /** The worker no longer can. */
  void abandon() {
    if (leaveRunning(Phase.ABANDONED)) {
      if (acknowledged.compareAndSet(false, true)) {
        release.run();
      }
      observed.ended(End.ABANDONED, null, stream.count());
      letGo();
    }
  }

  private void conclude(TryResult result) {
    Throwable streamFailure = stream.await();
    if (result instanceof TryResult.Failed failed) {
      say(failed);
    } else if (streamFailure != null) {
      say(
          new TryResult.Failed(
              FailureKind.EXCEPTION,
              new ErrorInfo("StreamWriteFailed", String.valueOf(streamFailure.getMessage()), ""),
              true));
    } else if (result instanceof TryResult.Suspended wait) {
      // What was shipped ahead is not waited for: the coordinator drops it with this pass (law 7).
      report.suspended(wait).whenComplete((done, error) -> settled(End.SUSPENDED, null, error));
    } else {
      Throwable chunkFailure = effects.awaitChunks();
      if (chunkFailure == null) {
        report
            .completed(effects.completion(env.incarnation().id(), stream.count()))
            .whenComplete((done, error) -> settled(End.COMPLETED, null, error));
      } else {
        settled(End.COMPLETED, null, chunkFailure);
      }
    }
  }

  private void say(TryResult.Failed failed) {
    End end = failed.kind() == FailureKind.TIMEOUT ? End.TIMED_OUT : End.FAILED;
    report.failed(failed).whenComplete((done, error) -> settled(end, failed.error(), error));
  }

  /** May be on the producer's thread: whatever could wait goes to the control threads. */
  private void settled(End end, @Nullable ErrorInfo why, @Nullable Throwable error) {
    if (error == null) {
      acknowledgeRecord();
      observed.ended(end, why, stream.count());
      letGo();
    } else {
      env.control().execute(() -> sayRefused(error));
    }
  }

  private void sayRefused(Throwable error) {
    TryResult.Failed refused = Refusals.of(error);
    LOG.warn(
        "A completion could not be made durable; the attempt fails. runId={} executionId={}"
            + " step={} retryable={} error={}",
        runId(),
        executionId(),
        target.getStep(),
        refused.retryable(),
        error.toString());
    report
        .failed(refused)
        .whenComplete(
            (done, again) -> {
              if (again == null) {
                acknowledgeRecord();
              } else {
                env.fatality().end("neither a completion nor its failure became durable", again);
              }
              observed.ended(End.FAILED, refused.error(), stream.count());
              letGo();
            });
  }

  private void acknowledgeRecord() {
    if (acknowledged.compareAndSet(false, true)) {
      acknowledge.run();
    }
  }

  private void letGo() {
    if (holds.decrementAndGet() == 0) {
      env.slots().giveBack();
      env.tries().remove(this);
    }
  }

  private void watchForStuckCode() {
    env.control()
        .schedule(
            () -> {
              if (!codeReturned) {
                LOG.warn(
                    "A step ignores its interrupt; it keeps its slot until it returns, and what it"
                        + " does is disregarded. Restart this worker if slots run out. runId={}"
                        + " executionId={} step={} slots={}",
                    runId(),
                    executionId(),
                    target.getStep(),
                    env.slots());
              }
            },
            STUCK_AFTER_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public void effect(Effect effect) {
    requireRunning();
    effects.add(Traced.effect(effect, traceparent()));
  }

  /**
   * A worker that does not trace passes on what it was given: nobody behind it loses the thread.
   */
  private @Nullable String traceparent() {
    String own = observed.traceparent();
    return own == null ? origin.traceparent() : own;
  }

  @Override
  public void stream(String eventType, EventKind kind, byte[] eventValue) {
    requireRunning();
    stream.write(eventType, kind, eventValue);
  }

  private void requireRunning() {
    if (isCancelled()) {
      throw new CancellationException(
          "this attempt of step %s is no longer wanted".formatted(target.getStep()));
    }
    if (phase != Phase.RUNNING) {
      throw new IllegalStateException("step %s has returned".formatted(target.getStep()));
    }
  }

  @Override
  public boolean isCancelled() {
    return phase == Phase.CANCELLED || phase == Phase.ABANDONED || phase == Phase.TIMED_OUT;
  }

  @Override
  public void checkAccepts(String step, String eventType) {
    env.catalog().checkAccepts(step, eventType);
  }

  @Override
  public Optional<String> schemaName(String eventType) {
    return env.catalog().schemaName(eventType);
  }

  @Override
  public String toString() {
    return "%s runId=%s executionId=%s step=%s phase=%s"
        .formatted(tryId, runId(), executionId(), target.getStep(), phase);
  }
}
