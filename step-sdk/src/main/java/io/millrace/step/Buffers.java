package io.millrace.step;

import io.millrace.CollectSpec;
import io.millrace.Collected;
import io.millrace.event.EventCodec;
import io.millrace.event.EventType;
import io.millrace.protocol.Collect;
import io.millrace.protocol.CollectedSet;
import io.millrace.protocol.EventData;
import io.millrace.protocol.TypeRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code collectEvents} calls of one try: at most one effect for each buffer. */
final class Buffers {
  private record Call(List<Run> runs, Optional<String> correlation, Optional<Collected> answer) {}

  /** So many of a type in a row. A wide set is asked for once for each of its events. */
  private record Run(EventType type, int count) {}

  /**
   * A list of this class says by it that all elements are one: without a look at each, which by
   * each event of a wide set would add up to its square.
   */
  private static final Class<?> COPIES = Collections.nCopies(2, Object.class).getClass();

  private final EffectGate gate;
  private final EventCodec codec;
  private final StepDefinition step;
  private final Object event;
  private final Map<String, CollectedSet> sets = new HashMap<>();

  /** By buffer id; guarded by the gate. */
  private final Map<String, Call> calls = new HashMap<>();

  Buffers(
      EffectGate gate,
      EventCodec codec,
      StepDefinition step,
      Object event,
      List<CollectedSet> dispatched) {
    this.gate = gate;
    this.codec = codec;
    this.step = step;
    this.event = event;
    dispatched.forEach(set -> sets.put(set.getBufferId(), set));
  }

  Optional<Collected> collect(Object offered, CollectSpec spec) {
    return collect(offered, spec.types(), spec.bufferId(), spec.correlation());
  }

  /**
   * @param types not kept: a wide set is asked for by each of its events
   */
  Optional<Collected> collect(
      Object offered,
      List<? extends Class<?>> types,
      String bufferId,
      Optional<String> correlation) {
    if (!(step.input() instanceof StepInput.Single || step.input() instanceof StepInput.Subtypes)) {
      throw new IllegalStateException(
          "step %s is called with complete sets or failures, so it has no single event to collect; leave collectEvents out, or take the single events"
              .formatted(step.name()));
    }
    if (offered != event && !offered.equals(event)) {
      throw new IllegalArgumentException(
          "step %s offers %s to buffer %s; offer the event that the step was called with, %s"
              .formatted(
                  step.name(),
                  offered.getClass().getSimpleName(),
                  bufferId,
                  event.getClass().getSimpleName()));
    }
    if (types.isEmpty()) {
      return Optional.of(new Collected(List.of()));
    }
    List<Run> runs = runs(types);
    return gate.act(
        () -> {
          Call before = calls.get(bufferId);
          if (before != null) {
            return again(before, bufferId, runs, correlation);
          }
          Optional<Collected> answer = answer(bufferId, runs);
          calls.put(bufferId, new Call(runs, correlation, answer));
          gate.effect(
              () ->
                  new Collect(
                      bufferId, typeRuns(runs), correlation.orElse(null), answer.isPresent()));
          return answer;
        });
  }

  private List<Run> runs(List<? extends Class<?>> asked) {
    if (asked.getClass() == COPIES) {
      return List.of(new Run(accepted(asked.get(0)), asked.size()));
    }
    Class<?>[] types = asked.toArray(Class<?>[]::new);
    List<Run> runs = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= types.length; i++) {
      if (i == types.length || types[i] != types[begin]) {
        runs.add(new Run(accepted(types[begin]), i - begin));
        begin = i;
      }
    }
    return runs;
  }

  private EventType accepted(Class<?> collected) {
    EventType type = codec.typeOf(collected);
    if (!accepts(type)) {
      throw new IllegalArgumentException(
          "step %s collects %s but does not accept it, so the set could never be complete; it accepts %s"
              .formatted(step.name(), type.name(), names(step.accepts())));
    }
    return type;
  }

  private boolean accepts(EventType type) {
    return step.input() instanceof StepInput.Subtypes subtypes
        ? subtypes.of().isAssignableFrom(type.javaClass())
        : names(step.accepts()).contains(type.name());
  }

  private Optional<Collected> again(
      Call before, String bufferId, List<Run> runs, Optional<String> correlation) {
    if (!before.runs().equals(runs) || !before.correlation().equals(correlation)) {
      throw new IllegalStateException(
          "step %s asks buffer %s for two different sets in one attempt; give each a buffer of its own with CollectSpec.inBuffer"
              .formatted(step.name(), bufferId));
    }
    return before.answer();
  }

  private Optional<Collected> answer(String bufferId, List<Run> runs) {
    CollectedSet set = sets.get(bufferId);
    if (set == null) {
      return Optional.empty();
    }
    List<EventType> types =
        runs.stream()
            .flatMap(run -> Collections.nCopies(run.count(), run.type()).stream())
            .toList();
    List<String> given = set.getEvents().stream().map(EventData::getType).toList();
    if (!given.equals(names(types))) {
      throw new IllegalStateException(
          "step %s was given a complete set of %s for buffer %s but now asks for %s; the same event must lead to the same question"
              .formatted(step.name(), given, bufferId, names(types)));
    }
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      events.add(codec.decode(EventBytes.of(set.getEvents().get(i)), types.get(i)));
    }
    return Optional.of(new Collected(events));
  }

  private static List<TypeRun> typeRuns(List<Run> runs) {
    return runs.stream().map(run -> new TypeRun(run.type().name(), run.count())).toList();
  }

  private static List<String> names(List<EventType> types) {
    return types.stream().map(EventType::name).toList();
  }
}
