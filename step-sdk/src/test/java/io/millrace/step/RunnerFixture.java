package io.millrace.step;

import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.protocol.CaughtFailure;
import io.millrace.protocol.CollectedSet;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.Effect;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Token;
import io.millrace.protocol.VersionedState;
import io.millrace.protocol.WaitAnswer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** Runs a step's tries with made-up dispatches, and keeps what they did. */
@NullUnmarked
final class RunnerFixture implements TryServices {
  static final Instant DISPATCHED = Instant.parse("2026-01-01T00:00:00Z");

  record Streamed(String type, EventKind kind, Object event) {}

  final EventCodec codec = EventCodecs.inMemory();
  final List<Effect> effects = new ArrayList<>();
  final List<Streamed> streamed = new ArrayList<>();
  final Map<String, VersionedState> state = new TreeMap<>();
  final List<CollectedSet> sets = new ArrayList<>();
  final List<WaitAnswer> answers = new ArrayList<>();
  final List<String> fieldsOf = new ArrayList<>();
  List<EventData> joined = null;
  CaughtFailure failure = null;
  String schemaName = null;
  private final StepRunner runner;
  int attempt = 1;
  ErrorInfo lastError = null;
  boolean cancelled = false;

  RunnerFixture(Object stepObject) {
    this(StepDefinitions.of(stepObject).get(0));
  }

  RunnerFixture(StepDefinition step) {
    runner = new DefaultStepRunner(step, codec, () -> DISPATCHED.plusSeconds(5));
  }

  void state(String key, Object value) {
    state.put(key, new VersionedState(StateValues.encode(key, value), 1L));
  }

  void collected(String bufferId, Object... events) {
    sets.add(new CollectedSet(bufferId, Stream.of(events).map(this::data).toList()));
  }

  EventData data(Object event) {
    var type = codec.typeOf(event.getClass());
    return new EventData(
        "e",
        type.name(),
        type.kind(),
        ByteBuffer.wrap(codec.encode(event, "rag")),
        null,
        null,
        null);
  }

  /** As a join is dispatched: the record has no value of its own. */
  TryResult runJoined(Object... events) {
    joined = Stream.of(events).map(this::data).toList();
    return run(runner.definition().accepts().get(0).name(), new byte[0]);
  }

  void answered(String waiterId, Object event) {
    answers.add(new WaitAnswer(waiterId, event == null ? null : data(event)));
  }

  TryResult run(Object event) {
    return run(codec.typeOf(event.getClass()).name(), codec.encode(event, "rag"));
  }

  TryResult run(String type, byte[] value) {
    DispatchTarget target =
        DispatchTarget.newBuilder()
            .setToken(new Token("x1", attempt, 0, 7L))
            .setStep(runner.definition().name())
            .setFirstDispatchedAt(DISPATCHED)
            .setLastError(lastError)
            .setSets(sets)
            .setAnswers(answers)
            .setJoined(joined)
            .setFailure(failure)
            .build();
    Dispatch dispatch =
        Dispatch.newBuilder()
            .setRunId("run-1")
            .setWorkflow("rag")
            .setEventId("e0")
            .setEventType(type)
            .setKind(EventKind.EVENT)
            .setEpoch(0)
            .setSequence(1)
            .setTargets(List.of(target))
            .setState(state)
            .setFieldsOf(fieldsOf)
            .build();
    return runner.run(dispatch, target, value, this);
  }

  /** The bodies of all effects, in order. */
  List<Object> bodies() {
    return effects.stream().map(Effect::getBody).toList();
  }

  /** The emitted events, decoded, in order. */
  List<Object> emitted(Class<?>... types) {
    return bodies().stream()
        .filter(EmitEvent.class::isInstance)
        .map(body -> ((EmitEvent) body).getEvent())
        .map(
            event ->
                codec.decode(
                    event.getValue().array(),
                    Stream.of(types)
                        .map(codec::typeOf)
                        .filter(type -> type.name().equals(event.getType()))
                        .findFirst()
                        .orElseThrow()))
        .toList();
  }

  @Override
  public void effect(Effect effect) {
    effects.add(effect);
  }

  @Override
  public void stream(String eventType, EventKind kind, byte[] value) {
    streamed.add(
        new Streamed(
            eventType,
            kind,
            codec.decode(
                value,
                runner.definition().streams().stream()
                    .filter(type -> type.name().equals(eventType))
                    .findFirst()
                    .orElseThrow())));
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void checkAccepts(String step, String eventType) {
    if (!step.equals("known")) {
      throw new IllegalArgumentException("no step " + step);
    }
  }

  @Override
  public Optional<String> schemaName(String eventType) {
    return Optional.ofNullable(schemaName);
  }
}
