package io.millrace.step;

import io.millrace.RunContext;
import io.millrace.event.EventType;
import io.millrace.event.EventTypes;
import io.millrace.event.SealedTypes;
import io.millrace.protocol.TaskSourceKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a step without annotations.
 *
 * <pre>{@code
 * StepDefinition.named("greet").emits(Greeting.class)
 *     .handler(Ask.class, (ask, context) -> new Greeting("hello " + ask.name()));
 * }</pre>
 *
 * Not thread-safe.
 */
public final class StepBuilder {
  /** The code of a step that accepts one type, which may be sealed. */
  @FunctionalInterface
  public interface Handler<E> {
    /** Returns an event, a list of events, an optional or null. */
    @Nullable Object handle(E event, RunContext context) throws Exception;
  }

  private final String name;
  private StepInput input = new StepInput.Single();
  private final Set<EventType> accepts = new LinkedHashSet<>();
  private final Set<EventType> emits = new LinkedHashSet<>();
  private final Set<EventType> fanOuts = new LinkedHashSet<>();
  private final Set<EventType> streams = new LinkedHashSet<>();
  private final Set<EventType> waitsFor = new LinkedHashSet<>();
  private int concurrency = StepDefinition.DEFAULT_CONCURRENCY;
  private int maxOpenPerRun = StepDefinition.DEFAULT_MAX_OPEN_PER_RUN;
  private int maxLost = StepDefinition.DEFAULT_MAX_LOST;
  private Optional<Duration> timeout = Optional.empty();
  private RetryPolicy retry = RetryPolicy.ofDefaults();
  private Optional<List<String>> reads = Optional.empty();
  private TaskSourceKind taskSource = TaskSourceKind.GROUP;
  private boolean usesContext = true;

  StepBuilder(String name) {
    this.name = name;
  }

  StepBuilder(StepDefinition step) {
    this.name = step.name();
    input = step.input();
    accepts.addAll(step.accepts());
    emits.addAll(step.emits());
    fanOuts.addAll(step.fanOuts());
    streams.addAll(step.streams());
    waitsFor.addAll(step.waitsFor());
    concurrency = step.concurrency();
    maxOpenPerRun = step.maxOpenPerRun();
    maxLost = step.maxLost();
    timeout = step.timeout();
    retry = step.retry();
    reads = step.reads();
    taskSource = step.taskSource();
    usesContext = step.usesContext();
  }

  StepBuilder input(StepInput calledWith, Set<EventType> accepted) {
    input = calledWith;
    accepts.clear();
    accepts.addAll(accepted);
    return this;
  }

  StepBuilder emits(Set<EventType> types, Set<EventType> inLists) {
    emits.addAll(types);
    fanOuts.addAll(inLists);
    return this;
  }

  StepBuilder usesContext(boolean takesIt) {
    usesContext = takesIt;
    return this;
  }

  StepBuilder timeout(Optional<Duration> longest) {
    timeout = longest;
    return this;
  }

  StepBuilder reads(Optional<List<String>> keys) {
    reads = keys;
    return this;
  }

  /** Events, or sealed types that stand for all they permit. */
  public StepBuilder accepts(Class<?>... types) {
    return add(accepts, types);
  }

  /**
   * A join of one event of each type; the same type may come twice. The handler is called with the
   * list of them, in this order (C6).
   */
  public StepBuilder joins(Class<?>... types) {
    List<EventType> each = Stream.of(types).<EventType>map(EventTypes::of).toList();
    return input(new StepInput.AllOf(each), new LinkedHashSet<>(each));
  }

  /**
   * A join over the fan-out that events of these types come from; sealed types stand for all they
   * permit. The handler is called with the list of them, in the order of their emission (C7).
   */
  public StepBuilder joinsFanOut(Class<?>... types) {
    return input(new StepInput.FanOut(Optional.empty()), Set.of()).accepts(types);
  }

  /** As {@link #joinsFanOut}, firing with the first so many. */
  public StepBuilder joinsFirst(int take, Class<?>... types) {
    return input(new StepInput.FanOut(Optional.of(take)), Set.of()).accepts(types);
  }

  /**
   * A failure handler of these steps, {@code *} for all; it is called with a {@link
   * io.millrace.StepFailedEvent} (E4).
   */
  public StepBuilder catches(int maxRecoveries, String... steps) {
    return input(
        new StepInput.Failure(List.of(steps), maxRecoveries), Set.of(ReservedTypes.FAILURE));
  }

  /** Accepts all events that implement this interface, which is not sealed (S1). */
  public StepBuilder acceptsSubtypes(Class<?> of) {
    return input(new StepInput.Subtypes(of), Set.of(ReservedTypes.of(of)));
  }

  /** What it waits for in the middle of an attempt. */
  public StepBuilder waitsFor(Class<?>... types) {
    return add(waitsFor, types);
  }

  /** What it returns in lists. */
  public StepBuilder fansOut(Class<?>... types) {
    return add(fanOuts, types).add(emits, types);
  }

  /** What it returns or sends; sealed types stand for all they permit. */
  public StepBuilder emits(Class<?>... types) {
    return add(emits, types);
  }

  /** What it writes to the stream. */
  public StepBuilder streams(Class<?>... types) {
    return add(streams, types);
  }

  /** Attempts at once in one worker process. */
  public StepBuilder concurrency(int attempts) {
    concurrency = attempts;
    return this;
  }

  /** Executions that one run has dispatched at once, over all workers; the rest waits (S7). */
  public StepBuilder maxOpenPerRun(int most) {
    maxOpenPerRun = most;
    return this;
  }

  /** Workers that may be lost with one attempt before it counts as failed for good (E3). */
  public StepBuilder maxLost(int most) {
    maxLost = most;
    return this;
  }

  /** Of one attempt. */
  public StepBuilder timeout(Duration longest) {
    timeout = Optional.of(longest);
    return this;
  }

  public StepBuilder retry(RetryPolicy policy) {
    retry = policy;
    return this;
  }

  /** State keys that attempts are sent; without this, all. */
  public StepBuilder reads(String... keys) {
    reads = Optional.of(List.of(keys));
    return this;
  }

  public StepBuilder taskSource(TaskSourceKind source) {
    taskSource = source;
    return this;
  }

  /**
   * The step, accepting what was named with {@link #accepts}.
   *
   * @throws IllegalArgumentException if it cannot be a step; the message says why
   */
  public StepDefinition handler(StepFunction function) {
    return build(function);
  }

  StepDefinition build(StepFunction function) {
    return new StepDefinition(
        name,
        input,
        List.copyOf(accepts),
        List.copyOf(emits),
        List.copyOf(fanOuts),
        List.copyOf(streams),
        List.copyOf(waitsFor),
        concurrency,
        maxOpenPerRun,
        maxLost,
        timeout,
        retry,
        usesContext,
        reads,
        taskSource,
        function);
  }

  /** The step, accepting this type: an event, or a sealed type that stands for all it permits. */
  public <E> StepDefinition handler(Class<E> type, Handler<? super E> handler) {
    return accepts(type).handler((event, context) -> handler.handle(type.cast(event), context));
  }

  private StepBuilder add(Set<EventType> to, Class<?>... types) {
    Stream.of(types).flatMap(SealedTypes::concrete).map(EventTypes::of).forEach(to::add);
    return this;
  }
}
