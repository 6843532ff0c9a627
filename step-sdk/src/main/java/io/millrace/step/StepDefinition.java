package io.millrace.step;

import io.millrace.event.EventType;
import io.millrace.protocol.TaskSourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step, read once from its annotations or built. Immutable.
 *
 * @param timeout of one attempt
 * @param usesContext the method takes a {@link io.millrace.RunContext}; otherwise no state is sent
 *     to it
 * @param reads state keys that attempts are sent; empty optional: all
 */
public record StepDefinition(
    String name,
    List<EventType> accepts,
    List<EventType> emits,
    List<EventType> streams,
    int concurrency,
    Optional<Duration> timeout,
    RetryPolicy retry,
    boolean usesContext,
    Optional<List<String>> reads,
    TaskSourceKind taskSource,
    StepFunction function) {
  public StepDefinition {
    accepts = List.copyOf(accepts);
    emits = List.copyOf(emits);
    streams = List.copyOf(streams);
    reads = reads.map(List::copyOf);
  }
}
