package io.millrace.coordinator.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the core needs to know of a registered step.
 *
 * @param accepts event type to kind
 * @param emits event type to kind
 * @param reads state keys that attempts are sent; null: all; ignored unless {@code usesState}
 * @param catches steps whose exhausted failures this step handles; {@code *} stands for all
 */
public record StepSpec(
    String workflow,
    String step,
    int version,
    Map<String, EventKind> accepts,
    Map<String, EventKind> emits,
    RetryPolicy retry,
    boolean usesState,
    @Nullable List<String> reads,
    int maxOpenPerRun,
    int maxLost,
    List<String> catches,
    int maxRecoveries) {

  /** Stands for a step whose registration is gone while an execution of it is still open. */
  static StepSpec unregistered(String workflow, String step) {
    return new StepSpec(
        workflow,
        step,
        0,
        Map.of(),
        Map.of(),
        RetryPolicy.none(),
        true,
        null,
        256,
        5,
        List.of(),
        0);
  }

  /** delay(n) = min(maxDelay, delay x multiplier^(n-1)) x (1 ± jitter), n failures so far. */
  public record RetryPolicy(
      int maxAttempts,
      Duration delay,
      double multiplier,
      @Nullable Duration maxDelay,
      double jitter,
      @Nullable Duration maxElapsed) {
    /** One attempt. */
    public static RetryPolicy none() {
      return new RetryPolicy(1, Duration.ZERO, 1.0, null, 0.0, null);
    }
  }
}
