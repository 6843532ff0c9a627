package io.millrace.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bounds of what one completion may do, enforced by name (R10). */
final class Bounds {
  private Bounds() {}

  static ErrorInfo exceeded(String limit, long value, long bound) {
    return new ErrorInfo("LimitExceeded", limit + " is " + bound + ", this has " + value, "");
  }

  static @Nullable ErrorInfo streamEvents(LiveRun run) {
    long most = run.turn.limits().maxStreamEvents();
    return run.streamEvents > most ? exceeded("maxStreamEvents", run.streamEvents, most) : null;
  }

  static @Nullable ErrorInfo eventSize(Event event, Limits limits) {
    int size = event.value().size();
    return size > limits.maxEventBytes()
        ? exceeded("maxEventBytes", size, limits.maxEventBytes())
        : null;
  }

  static @Nullable ErrorInfo problem(List<StepEffect> effects, Limits limits) {
    if (effects.size() > limits.maxEffects()) {
      return exceeded("maxEffects", effects.size(), limits.maxEffects());
    }
    for (StepEffect effect : effects) {
      ErrorInfo problem = null;
      if (effect instanceof StepEffect.Emit emit) {
        problem = eventSize(emit.event(), limits);
        String illegal = Names.eventType(emit.event().type());
        if (illegal != null) {
          return new ErrorInfo("IllegalName", "a step emitted what cannot be: " + illegal, "");
        }
      } else if (effect instanceof StepEffect.Collect collect) {
        long size = collect.types().stream().mapToLong(StepEffect.TypeRun::count).sum();
        problem =
            size > limits.maxSetSize() ? exceeded("maxSetSize", size, limits.maxSetSize()) : null;
      }
      if (problem != null) {
        return problem;
      }
    }
    return Branches.problem(effects);
  }
}
