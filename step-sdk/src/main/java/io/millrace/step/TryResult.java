package io.millrace.step;

import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How a try ended. */
public sealed interface TryResult {
  /** All effects were handed to {@link TryServices#effect}. */
  record Completed() implements TryResult {}

  /**
   * It waits for an event; the effects of this pass count for nothing (law 7).
   *
   * @param requirements field to JSON text, as {@link io.millrace.event.EventFields} writes it
   * @param timeout empty: none
   */
  record Suspended(
      String waiterId,
      String eventType,
      Map<String, String> requirements,
      Optional<Duration> timeout,
      Optional<EventData> prompt)
      implements TryResult {
    public Suspended {
      requirements = Map.copyOf(requirements);
    }
  }

  /**
   * @param retryable what the step's policy says of this error
   */
  record Failed(FailureKind kind, ErrorInfo error, boolean retryable) implements TryResult {}
}
