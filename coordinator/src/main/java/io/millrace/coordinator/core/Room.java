package io.millrace.coordinator.core;

import io.millrace.coordinator.core.StepSpec.Join;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the run has room for what is to come (R10). Looks before any of it is applied, so that a
 * run that fails for want of room is whole.
 */
final class Room {
  private final LiveRun run;
  private final Limits limits;

  Room(LiveRun run) {
    this.run = run;
    this.limits = run.turn.limits();
  }

  /**
   * @param ending executions that end with it
   * @return the limit that would be passed; null: none
   */
  @Nullable ErrorInfo problem(int ending, List<Emission> emissions) {
    long open = (long) run.open - ending;
    long parked = run.parked;
    Map<String, Map<String, Integer>> parts = new TreeMap<>();
    Map<String, Long> arriving = new TreeMap<>();
    for (Emission emission : emissions) {
      List<StepSpec> steps =
          run.admitted ? run.accepting(emission.event(), emission.toStep()) : List.of();
      if (steps.isEmpty() && !leaves(emission.event().kind())) {
        parked++;
      }
      for (StepSpec step : steps) {
        if (step.join() instanceof Join.AllOf all) {
          long set = all.types().stream().mapToLong(StepEffect.TypeRun::count).sum();
          if (set > limits.maxSetSize()) {
            return Bounds.exceeded("maxSetSize", set, limits.maxSetSize());
          }
          String type = StaticJoins.part(run, step, emission.event());
          parts.computeIfAbsent(step.step(), s -> new TreeMap<>()).merge(type, 1, Integer::sum);
        } else if (step.join() instanceof Join.OverFanOut over) {
          long set = arriving(arriving, step.step(), emission.lineage().fanOut());
          if (over.take() == 0 && set > limits.maxSetSize()) {
            return Bounds.exceeded("maxSetSize", set, limits.maxSetSize());
          }
        } else {
          open++;
        }
      }
    }
    for (Map.Entry<String, Map<String, Integer>> join : parts.entrySet()) {
      open += sets(run.spec(join.getKey()), join.getValue());
    }
    if (open > limits.maxOpenExecutions()) {
      return Bounds.exceeded("maxOpenExecutions", open, limits.maxOpenExecutions());
    }
    return parked > limits.maxOpenExecutions()
        ? Bounds.exceeded("maxOpenExecutions (parked events)", parked, limits.maxOpenExecutions())
        : null;
  }

  /** Goes to the client or to a human, whether or not a step takes it too. */
  private static boolean leaves(EventKind kind) {
    return kind == EventKind.STOP || kind == EventKind.INPUT_REQUIRED;
  }

  private long arriving(Map<String, Long> arriving, String join, String fanOut) {
    if (fanOut.isEmpty()) {
      return 0;
    }
    String line = Keys.arrivals(fanOut, join);
    Long before = arriving.get(line);
    long now = 1 + (before == null ? arrived(join, fanOut) : before);
    arriving.put(line, now);
    return now;
  }

  private long arrived(String join, String fanOut) {
    Entry.FanOut going = run.store.get(Keys.fanOut(fanOut));
    return going == null ? 0 : going.arrived().getOrDefault(join, 0);
  }

  private int sets(StepSpec join, Map<String, Integer> more) {
    if (!(join.join() instanceof Join.AllOf all)) {
      return 0;
    }
    Entry.BufferHead head = run.store.get(Keys.bufferHead(StaticJoins.buffer(join.step())));
    Map<String, Integer> holds = new TreeMap<>(head == null ? Map.of() : head.holds());
    more.forEach((type, count) -> holds.merge(type, count, Integer::sum));
    return HeldEvents.sets(HeldEvents.counts(all.types()), holds);
  }
}
