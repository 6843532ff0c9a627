package io.millrace.step;

import io.millrace.CollectSpec;
import io.millrace.Collected;
import io.millrace.RetryInfo;
import io.millrace.RunContext;
import io.millrace.RunState;
import io.millrace.WaitSpec;
import io.millrace.event.EventCodec;
import io.millrace.event.EventType;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.ErrorInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one try may do. */
final class StepContext implements RunContext {
  private final Dispatch dispatch;
  private final DispatchTarget target;
  private final EventCodec codec;
  private final TryServices services;
  private final RetryInfo retryInfo;
  private final EffectGate gate;
  private final Emissions emissions;
  private final Buffers buffers;
  private final StepState state;
  private final Waits waits;

  StepContext(
      StepDefinition step,
      EventCodec codec,
      Dispatch dispatch,
      DispatchTarget target,
      Object input,
      Instant now,
      TryServices services) {
    this.dispatch = dispatch;
    this.target = target;
    this.codec = codec;
    this.services = services;
    this.retryInfo = retryInfo(target, now);
    this.gate = new EffectGate(services, step.name());
    this.emissions = new Emissions(gate, codec, dispatch, target.getToken().getExecutionId());
    this.buffers = new Buffers(gate, codec, step, input, target.getSets());
    this.state = new StepState(gate, step, dispatch.getState());
    this.waits = new Waits(gate, codec, step, dispatch, target);
  }

  private static RetryInfo retryInfo(DispatchTarget target, Instant now) {
    int attempt = target.getToken().getAttempt();
    Duration elapsed = Duration.between(target.getFirstDispatchedAt(), now);
    Optional<ErrorInfo> error = Optional.ofNullable(target.getLastError());
    return new RetryInfo(
        attempt,
        // The clocks of coordinator and worker may differ.
        attempt == 1 || elapsed.isNegative() ? Duration.ZERO : elapsed,
        error.map(ErrorInfo::getType),
        error.map(ErrorInfo::getMessage));
  }

  /** The last effects; nothing is accepted after them. */
  void returned(@Nullable Object value) {
    emissions.returned(value);
    gate.close();
  }

  /** How the attempt ended at a wait, if it did. */
  Optional<TryResult.Suspended> suspended() {
    return waits.suspended();
  }

  void close() {
    gate.close();
  }

  @Override
  public String runId() {
    return dispatch.getRunId();
  }

  @Override
  public String workflow() {
    return dispatch.getWorkflow();
  }

  @Override
  public String step() {
    return target.getStep();
  }

  @Override
  public int attempt() {
    return target.getToken().getAttempt();
  }

  @Override
  public RetryInfo retryInfo() {
    return retryInfo;
  }

  @Override
  public Optional<Collected> collectEvents(Object event, Class<?>... types) {
    return buffers.collect(event, CollectSpec.of(types));
  }

  @Override
  public Optional<Collected> collectEvents(Object event, List<? extends Class<?>> types) {
    return buffers.collect(event, types, CollectSpec.DEFAULT_BUFFER, Optional.empty());
  }

  @Override
  public Optional<Collected> collectEvents(Object event, CollectSpec spec) {
    return buffers.collect(event, spec);
  }

  @Override
  public void sendEvent(Object event) {
    emissions.emit(event, null, false);
  }

  @Override
  public void sendEvent(Object event, String stepName) {
    services.checkAccepts(stepName, codec.typeOf(event.getClass()).name());
    emissions.emit(event, stepName, false);
  }

  @Override
  public void writeEventToStream(Object event) {
    EventType type = codec.typeOf(event.getClass());
    byte[] value = codec.encode(event, dispatch.getWorkflow());
    gate.act(
        () -> {
          services.stream(type.name(), type.kind(), value);
          return null;
        });
  }

  @Override
  public <E> E waitForEvent(Class<E> type) {
    return waitForEvent(type, WaitSpec.ofDefaults());
  }

  @Override
  public <E> E waitForEvent(Class<E> type, WaitSpec spec) {
    return waits.await(type, spec);
  }

  @Override
  public RunState state() {
    return state;
  }

  @Override
  public boolean isCancelled() {
    return services.isCancelled();
  }
}
