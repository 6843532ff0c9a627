package io.millrace.coordinator.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says only what a test is about; all else is as a step without annotations would have it. */
public final class StepBuilder {
  public static final String WORKFLOW = "mill";

  private final String name;
  private final Map<String, EventKind> accepts = new TreeMap<>();
  private final Map<String, EventKind> emits = new TreeMap<>();
  private int version = 1;
  private StepSpec.RetryPolicy retry = StepSpec.RetryPolicy.none();
  private boolean usesState;
  private @Nullable List<String> reads;
  private int maxOpenPerRun = 256;
  private int maxLost = 5;
  private List<String> catches = List.of();
  private int maxRecoveries = 1;
  private Set<String> waitsFor = Set.of();
  private final Set<String> fanOuts = new TreeSet<>();
  private final Map<String, List<String>> supertypes = new TreeMap<>();
  private StepSpec.@Nullable Join join;

  private StepBuilder(String name) {
    this.name = name;
  }

  public static StepBuilder step(String name) {
    return new StepBuilder(name);
  }

  public StepBuilder version(int number) {
    version = number;
    return this;
  }

  public StepBuilder accepts(String... types) {
    for (String type : types) {
      accepts.put(type, RunFixture.kindOf(type));
    }
    return this;
  }

  public StepBuilder emits(String... types) {
    for (String type : types) {
      emits.put(type, RunFixture.kindOf(type));
    }
    return this;
  }

  public StepBuilder retries(int maxAttempts, Duration delay) {
    retry = new StepSpec.RetryPolicy(maxAttempts, delay, 2.0, Duration.ofSeconds(5), 0.1, null);
    return this;
  }

  public StepBuilder readsAll() {
    usesState = true;
    return this;
  }

  public StepBuilder reads(String... keys) {
    usesState = true;
    reads = List.of(keys);
    return this;
  }

  public StepBuilder maxOpenPerRun(int most) {
    maxOpenPerRun = most;
    return this;
  }

  public StepBuilder maxLost(int most) {
    maxLost = most;
    return this;
  }

  /** Handles failures of these steps; {@code *}: of all. */
  public StepBuilder catches(int most, String... steps) {
    accepts.put("StepFailedEvent", EventKind.EVENT);
    maxRecoveries = most;
    catches = List.of(steps);
    return this;
  }

  public StepBuilder waitsFor(String... types) {
    waitsFor = Set.of(types);
    return this;
  }

  /** Emits these in a list. */
  public StepBuilder fansOut(String... types) {
    fanOuts.addAll(List.of(types));
    return emits(types);
  }

  /** Joins a fan-out over what it accepts; {@code take} 0: all. */
  public StepBuilder joinsFanOut(int take) {
    join = new StepSpec.Join.OverFanOut(take);
    return this;
  }

  /** Has a parameter of each of these types. */
  public StepBuilder joins(String... types) {
    join = new StepSpec.Join.AllOf(RunFixture.runs(types));
    return accepts(types);
  }

  public StepBuilder takesSubtypes(String subtype, String supertype) {
    supertypes.put(subtype, List.of(supertype));
    return this;
  }

  public StepSpec build() {
    return new StepSpec(
        WORKFLOW,
        name,
        version,
        accepts,
        emits,
        retry,
        usesState,
        reads,
        maxOpenPerRun,
        maxLost,
        catches,
        maxRecoveries,
        fanOuts,
        supertypes,
        !supertypes.isEmpty(),
        join,
        waitsFor);
  }
}
