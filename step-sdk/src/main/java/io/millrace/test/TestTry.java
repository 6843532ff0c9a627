package io.millrace.test;

import io.millrace.RunContext;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.event.EventType;
import io.millrace.protocol.AppendState;
import io.millrace.protocol.CaughtFailure;
import io.millrace.protocol.Collect;
import io.millrace.protocol.CollectedSet;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.Effect;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.IncrementState;
import io.millrace.protocol.RemoveState;
import io.millrace.protocol.SetState;
import io.millrace.protocol.StateValue;
import io.millrace.protocol.Token;
import io.millrace.protocol.UpdateState;
import io.millrace.protocol.VersionedState;
import io.millrace.protocol.WaitAnswer;
import io.millrace.step.StateValues;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepRunner;
import io.millrace.step.TryResult;
import io.millrace.step.TryServices;
import io.millrace.test.StepTest.CollectCall;
import io.millrace.test.StepTest.Failure;
import io.millrace.test.StepTest.Operation;
import io.millrace.test.StepTest.Sent;
import io.millrace.test.StepTest.StateWrite;
import io.millrace.test.StepTest.Suspension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One try on the real runner, with a made-up dispatch and everything kept that it does. */
final class TestTry implements TryServices {
  private final StepDefinition step;
  private final TestContext context;
  private final RememberingCodec codec = new RememberingCodec(EventCodecs.inMemory());
  private final List<Object> streamed = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private @Nullable Throwable thrown;
  private int sentCount = -1;

  TestTry(StepDefinition step, TestContext context) {
    this.step = step;
    this.context = context;
  }

  StepTest run(Object event) {
    EventData data = data(event);
    return run(data, target(null, null));
  }

  StepTest runJoin(List<Object> events) {
    return run(addressed(), target(events.stream().map(this::data).toList(), null));
  }

  StepTest runFailure(String failedStep, Object event, Throwable error) {
    StringWriter stack = new StringWriter();
    error.printStackTrace(new PrintWriter(stack));
    CaughtFailure failure =
        new CaughtFailure(
            failedStep,
            data(event),
            new ErrorInfo(
                error.getClass().getName(), String.valueOf(error.getMessage()), stack.toString()),
            1,
            context.elapsed().toMillis());
    return run(addressed(), target(null, failure));
  }

  /** A record without a value, as for joins and failure handlers. */
  private EventData addressed() {
    String type = step.accepts().get(0).name();
    return new EventData(
        "test-event", type, EventKind.EVENT, ByteBuffer.wrap(new byte[0]), null, null, null);
  }

  private StepTest run(EventData data, DispatchTarget target) {
    TryResult result =
        StepRunner.of(step.withFunction(this::invoke), codec)
            .run(dispatch(data, target), target, array(data.getValue()), this);
    return report(result);
  }

  private @Nullable Object invoke(Object event, RunContext given) throws Throwable {
    try {
      return step.function().invoke(event, given);
    } catch (Throwable e) {
      thrown = e;
      throw e;
    } finally {
      sentCount = effects.size();
    }
  }

  private StepTest report(TryResult result) {
    List<Object> emitted = new ArrayList<>();
    List<Sent> sent = new ArrayList<>();
    List<Object> returned = new ArrayList<>();
    List<StateWrite> writes = new ArrayList<>();
    List<CollectCall> calls = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      Object body = effects.get(i).getBody();
      if (body instanceof EmitEvent emit) {
        Object event = codec.back(emit.getEvent().getType(), array(emit.getEvent().getValue()));
        emitted.add(event);
        if (i < sentCount) {
          sent.add(new Sent(event, Optional.ofNullable(emit.getToStep())));
        } else {
          returned.add(event);
        }
      } else if (body instanceof Collect collect) {
        calls.add(
            new CollectCall(
                collect.getBufferId(),
                collect.getTypes().stream()
                    .flatMap(run -> Collections.nCopies(run.getCount(), run.getType()).stream())
                    .toList(),
                Optional.ofNullable(collect.getCorrelation()),
                collect.getSatisfied()));
      } else {
        write(body).ifPresent(writes::add);
      }
    }
    return new StepTest(
        emitted, sent, returned, streamed, writes, calls, suspension(result), failure(result));
  }

  private static Optional<StateWrite> write(Object body) {
    if (body instanceof SetState set) {
      return Optional.of(
          new StateWrite(Operation.SET, set.getKey(), plain(set.getKey(), set.getValue())));
    }
    if (body instanceof UpdateState update) {
      StateValue value = Objects.requireNonNull(update.getValue(), "update writes a value");
      return Optional.of(
          new StateWrite(Operation.UPDATE, update.getKey(), plain(update.getKey(), value)));
    }
    if (body instanceof RemoveState remove) {
      return Optional.of(new StateWrite(Operation.REMOVE, remove.getKey(), null));
    }
    if (body instanceof IncrementState increment) {
      return Optional.of(
          new StateWrite(Operation.INCREMENT, increment.getKey(), increment.getBy()));
    }
    if (body instanceof AppendState append) {
      StateValue value = new StateValue(append.getValue());
      return Optional.of(
          new StateWrite(Operation.APPEND, append.getKey(), plain(append.getKey(), value)));
    }
    return Optional.empty();
  }

  private static Object plain(String key, StateValue value) {
    return StateValues.decode(key, value, Object.class);
  }

  private Optional<Suspension> suspension(TryResult result) {
    if (!(result instanceof TryResult.Suspended wait)) {
      return Optional.empty();
    }
    return Optional.of(
        new Suspension(
            wait.waiterId(),
            wait.eventType(),
            wait.requirements(),
            wait.timeout(),
            wait.prompt().map(p -> codec.back(p.getType(), array(p.getValue())))));
  }

  private Optional<Failure> failure(TryResult result) {
    if (!(result instanceof TryResult.Failed failed)) {
      return Optional.empty();
    }
    Throwable error = thrown != null ? thrown : new StepTestException(failed.error());
    return Optional.of(new Failure(failed.kind(), failed.retryable(), error));
  }

  private DispatchTarget target(@Nullable List<EventData> joined, @Nullable CaughtFailure failure) {
    List<CollectedSet> sets = new ArrayList<>();
    context
        .sets()
        .forEach(
            (buffer, events) ->
                sets.add(new CollectedSet(buffer, events.stream().map(this::data).toList())));
    return DispatchTarget.newBuilder()
        .setToken(new Token("test-execution", context.attempt(), 0, 0L))
        .setStep(step.name())
        .setFirstDispatchedAt(Instant.now().minus(context.elapsed()))
        .setLastError(context.lastError().orElse(null))
        .setSets(sets)
        .setAnswers(answers())
        .setJoined(joined)
        .setFailure(failure)
        .build();
  }

  private List<WaitAnswer> answers() {
    List<WaitAnswer> answers = new ArrayList<>();
    context
        .answers()
        .forEach(
            (id, event) -> answers.add(new WaitAnswer(id, event.map(this::data).orElse(null))));
    return answers;
  }

  private Dispatch dispatch(EventData event, DispatchTarget target) {
    Map<String, VersionedState> state = new TreeMap<>();
    if (step.usesContext()) {
      context.state().entrySet().stream()
          .filter(e -> step.reads().isEmpty() || step.reads().get().contains(e.getKey()))
          .forEach(
              e ->
                  state.put(
                      e.getKey(),
                      new VersionedState(StateValues.encode(e.getKey(), e.getValue()), 1L)));
    }
    return Dispatch.newBuilder()
        .setRunId(context.runId())
        .setWorkflow(context.workflow())
        .setEventId(event.getId())
        .setEventType(event.getType())
        .setKind(event.getKind())
        .setEpoch(0)
        .setSequence(1)
        .setTargets(List.of(target))
        .setState(state)
        .build();
  }

  private EventData data(Object event) {
    EventType type = codec.typeOf(event.getClass());
    ByteBuffer value = ByteBuffer.wrap(codec.encode(event, context.workflow()));
    return new EventData("test-event", type.name(), type.kind(), value, null, null, null);
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void effect(Effect effect) {
    effects.add(effect);
  }

  @Override
  public void stream(String eventType, EventKind kind, byte[] value) {
    streamed.add(codec.back(eventType, value));
  }

  @Override
  public boolean isCancelled() {
    return context.cancelled();
  }

  @Override
  public void checkAccepts(String name, String eventType) {
    Map<String, List<Class<?>>> others = context.otherSteps();
    if (others.isEmpty()) {
      return;
    }
    List<Class<?>> accepts = others.get(name);
    if (accepts == null) {
      throw new IllegalArgumentException(
          "the workflow has no step %s, only %s".formatted(name, others.keySet()));
    }
    List<String> types = accepts.stream().map(codec::typeOf).map(EventType::name).toList();
    if (!types.contains(eventType)) {
      throw new IllegalArgumentException(
          "step %s does not accept %s, only %s".formatted(name, eventType, types));
    }
  }

  @Override
  public Optional<String> schemaName(String eventType) {
    return codec.written(eventType).map(type -> type.javaClass().getName());
  }

  /** Remembers the classes that were written, so that their bytes can be read back. */
  private static final class RememberingCodec implements EventCodec {
    private final EventCodec codec;
    private final Map<String, EventType> written = new ConcurrentHashMap<>();

    RememberingCodec(EventCodec codec) {
      this.codec = codec;
    }

    @Override
    public EventType typeOf(Class<?> eventClass) {
      return codec.typeOf(eventClass);
    }

    @Override
    public byte[] encode(Object event, String workflow) {
      EventType type = typeOf(event.getClass());
      written.put(type.name(), type);
      return codec.encode(event, workflow);
    }

    @Override
    public Object decode(byte[] value, EventType reader) {
      return codec.decode(value, reader);
    }

    @Override
    public Map<String, String> fields(byte[] value) {
      return codec.fields(value);
    }

    Optional<EventType> written(String type) {
      return Optional.ofNullable(written.get(type));
    }

    Object back(String type, byte[] value) {
      EventType known = written.get(type);
      if (known == null) {
        throw new IllegalStateException(type + " was never written here");
      }
      return codec.decode(value, known);
    }
  }
}
