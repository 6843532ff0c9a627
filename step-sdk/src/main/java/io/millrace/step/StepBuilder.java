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
  private final Set<EventType> accepts = new LinkedHashSet<>();
  private final Set<EventType> emits = new LinkedHashSet<>();
  private final Set<EventType> streams = new LinkedHashSet<>();
  private int concurrency = StepDefinition.DEFAULT_CONCURRENCY;
  private Optional<Duration> timeout = Optional.empty();
  private RetryPolicy retry = RetryPolicy.ofDefaults();
  private Optional<List<String>> reads = Optional.empty();
  private TaskSourceKind taskSource = TaskSourceKind.GROUP;

  StepBuilder(String name) {
    this.name = name;
  }

  /** Events, or sealed types that stand for all they permit. */
  public StepBuilder accepts(Class<?>... types) {
    return add(accepts, types);
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
    return new StepDefinition(
        name,
        List.copyOf(accepts),
        List.copyOf(emits),
        List.copyOf(streams),
        concurrency,
        timeout,
        retry,
        true,
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
