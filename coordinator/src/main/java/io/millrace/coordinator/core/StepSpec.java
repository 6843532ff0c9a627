package io.millrace.coordinator.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the core needs to know of a registered step.
 *
 * @param accepts event type to kind
 * @param emits event type to kind
 * @param reads state keys that attempts are sent; null: all; ignored unless {@code usesState}
 * @param fanOuts emitted types that are returned in a {@code List}
 * @param supertypes of every declared event type that has any
 * @param acceptsSubtypes also takes events whose supertypes name an accepted type
 * @param join null: the step is invoked with single events
 * @param waitsFor types that it may wait for in the middle of an attempt
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
    int maxRecoveries,
    Set<String> fanOuts,
    Map<String, List<String>> supertypes,
    boolean acceptsSubtypes,
    @Nullable Join join,
    Set<String> waitsFor) {

  /** What a step is a join of. */
  public sealed interface Join {
    /** One set of exactly these types, in the order of the step's parameters (C6). */
    record AllOf(List<StepEffect.TypeRun> types) implements Join {}

    /**
     * What the branches of a fan-out made of the accepted types (C7).
     *
     * @param take enough to fire early; 0: all
     */
    record OverFanOut(int take) implements Join {}
  }

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
        0,
        Set.of(),
        Map.of(),
        false,
        null,
        Set.of());
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
