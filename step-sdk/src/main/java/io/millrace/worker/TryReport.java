package io.millrace.worker;

import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.StepFailed;
import io.millrace.protocol.StepStarted;
import io.millrace.protocol.StepSuspended;
import io.millrace.protocol.Token;
import io.millrace.protocol.Traced;
import io.millrace.step.TryResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one try says of itself on the run log. The futures end on the producer's own thread, where
 * nothing may wait.
 */
final class TryReport {
  private final RunLog log;
  private final String runId;
  private final Token token;
  private final String worker;
  private final String tryId;
  private final IntSupplier streamed;
  private final Supplier<@Nullable String> traceparent;

  /**
   * @param worker its incarnation
   * @param streamed how many events it has written to the stream so far
   * @param traceparent for what it causes
   */
  TryReport(
      RunLog log,
      String runId,
      Token token,
      String worker,
      String tryId,
      IntSupplier streamed,
      Supplier<@Nullable String> traceparent) {
    this.log = log;
    this.runId = runId;
    this.token = token;
    this.worker = worker;
    this.tryId = tryId;
    this.streamed = streamed;
    this.traceparent = traceparent;
  }

  CompletableFuture<Void> started() {
    return log.started(runId, new StepStarted(token, worker, tryId));
  }

  CompletableFuture<Void> completed(StepCompleted completion) {
    return log.completed(runId, completion, traceparent.get());
  }

  CompletableFuture<Void> failed(TryResult.Failed failed) {
    return log.failed(
        runId,
        new StepFailed(
            token,
            worker,
            tryId,
            failed.kind(),
            failed.error(),
            failed.retryable(),
            streamed.getAsInt()),
        traceparent.get());
  }

  CompletableFuture<Void> suspended(TryResult.Suspended wait) {
    String trace = traceparent.get();
    return log.suspended(
        runId,
        new StepSuspended(
            token,
            worker,
            tryId,
            wait.waiterId(),
            wait.eventType(),
            wait.requirements(),
            wait.timeout().map(Duration::toMillis).orElse(null),
            wait.prompt().map(prompt -> Traced.event(prompt, trace)).orElse(null),
            streamed.getAsInt()),
        trace);
  }
}
