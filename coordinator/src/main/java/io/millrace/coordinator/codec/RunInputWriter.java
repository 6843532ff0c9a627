package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunInput;
import io.millrace.protocol.FailureKind;
import io.millrace.protocol.RequestInfo;

/** Each of the core's inputs as the body of a protocol record. */
final class RunInputWriter implements RunInput.Cases<Object> {
  @Override
  public Object start(RunInput.StartRun i) {
    return new io.millrace.protocol.StartRun(
        Values.request(i.request()),
        i.workflow(),
        Values.event(i.event()),
        Values.millis(i.timeout()),
        i.pauseTimeoutWhileWaiting(),
        i.internalEvents(),
        Values.map(i.state(), Values::state),
        i.outcomeKeys());
  }

  @Override
  public Object started(RunInput.StepStarted i) {
    return new io.millrace.protocol.StepStarted(Values.token(i.token()), i.worker(), i.tryId());
  }

  @Override
  public Object completed(RunInput.StepCompleted i) {
    return new io.millrace.protocol.StepCompleted(
        Values.token(i.token()),
        i.worker(),
        i.tryId(),
        i.chunkCount(),
        i.chunkDigest(),
        StepEffectCodec.toAvro(i.effects()),
        i.streamed());
  }

  @Override
  public Object failed(RunInput.StepFailed i) {
    return new io.millrace.protocol.StepFailed(
        Values.token(i.token()),
        i.worker(),
        i.tryId(),
        FailureKind.valueOf(i.kind().name()),
        Values.error(i.error()),
        i.retryable(),
        i.streamed());
  }

  @Override
  public Object suspended(RunInput.StepSuspended i) {
    return new io.millrace.protocol.StepSuspended(
        Values.token(i.token()),
        i.worker(),
        i.tryId(),
        i.waiterId(),
        i.eventType(),
        i.requirements(),
        Values.millis(i.timeout()),
        Values.eventDataOrNull(i.prompt()),
        i.streamed());
  }

  @Override
  public Object chunk(RunInput.CompletionChunk i) {
    return new io.millrace.protocol.CompletionChunk(
        Values.token(i.token()), i.tryId(), i.index(), StepEffectCodec.toAvro(i.effects()));
  }

  @Override
  public Object external(RunInput.ExternalEvent i) {
    return new io.millrace.protocol.ExternalEvent(
        Values.request(i.request()), Values.event(i.event()), i.toStep());
  }

  @Override
  public Object cancel(RunInput.CancelRun i) {
    return new io.millrace.protocol.CancelRun(Values.request(i.request()), i.reason());
  }

  @Override
  public Object inspect(RunInput.InspectRun i) {
    Request request = i.request();
    return new io.millrace.protocol.InspectRun(
        new RequestInfo(request.id(), request.replyPartition()));
  }

  @Override
  public Object timer(RunInput.TimerFired i) {
    return new io.millrace.protocol.TimerFired(i.timerId(), i.generation());
  }

  @Override
  public Object lost(RunInput.WorkerLost i) {
    return new io.millrace.protocol.WorkerLost(
        Values.token(i.token()), i.sequence(), i.worker(), i.reason());
  }

  @Override
  public Object dispatchFailed(RunInput.DispatchFailed i) {
    return new io.millrace.protocol.DispatchFailed(
        Values.token(i.token()), i.sequence(), Values.error(i.error()));
  }

  @Override
  public Object redrive(RunInput.RedriveRun i) {
    return new io.millrace.protocol.RedriveRun(Values.request(i.request()), i.executionId());
  }
}
