package io.millrace.coordinator.core;

import io.millrace.coordinator.core.StepSpec.Join;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which joins a fan-out leads to, by the types that steps declare: those fire at its end even if
 * nothing has arrived for them (C7). Immutable; thread-safe.
 *
 * <p>Sets only grow while this is worked out, from nothing and until nothing changes, so that a
 * fan-out that leads back into itself needs no special treatment.
 */
final class FanOutGraph {
  private final Collection<StepSpec> steps;
  private final Subtypes subtypes;
  private final Map<String, Set<String>> joins = new TreeMap<>();

  FanOutGraph(Collection<StepSpec> steps, Subtypes subtypes) {
    this.steps = steps;
    this.subtypes = subtypes;
    boolean grew = true;
    while (grew) {
      grew = false;
      for (StepSpec step : steps) {
        if (!step.fanOuts().isEmpty()) {
          Set<String> found = new Level(step).joins();
          grew |= !found.equals(joins.put(step.step(), found));
        }
      }
    }
  }

  /** The join steps of a fan-out that this step opens, sorted. */
  Set<String> joinsOf(String step) {
    return joins.getOrDefault(step, Set.of());
  }

  /** What may happen directly in a fan-out: not in those nested in it, and not around it. */
  private final class Level {
    private final Set<String> types = new TreeSet<>();
    private final Set<String> inside = new TreeSet<>();
    private final Set<String> found = new TreeSet<>();
    private boolean asks;

    Level(StepSpec opener) {
      opener.fanOuts().forEach(type -> add(type, opener.emits().get(type)));
    }

    Set<String> joins() {
      int before = -1;
      while (before != inside.size() + found.size()) {
        before = inside.size() + found.size();
        for (StepSpec step : steps) {
          if (!enters(step)) {
            continue;
          }
          if (step.join() instanceof Join.OverFanOut) {
            found.add(step.step());
          } else {
            runs(step);
          }
        }
      }
      return found;
    }

    private boolean enters(StepSpec step) {
      if (step.join() instanceof Join.AllOf all) {
        // A set with a member that can only come from elsewhere opens around this fan-out.
        return all.types().stream().allMatch(part -> reached(step, part.type()));
      }
      boolean handles = step.catches().contains("*") && !inside.isEmpty();
      return handles
          || step.catches().stream().anyMatch(inside::contains)
          || (asks && step.accepts().containsValue(EventKind.HUMAN_RESPONSE))
          || types.stream().anyMatch(type -> subtypes.takes(step, type));
    }

    private boolean reached(StepSpec step, String accepted) {
      return types.stream().anyMatch(type -> accepted.equals(subtypes.acceptedAs(step, type)));
    }

    /** The step runs in this fan-out, and so do the joins of those that it opens. */
    private void runs(StepSpec step) {
      if (!inside.add(step.step())) {
        return;
      }
      step.emits()
          .forEach(
              (type, kind) -> {
                if (!step.fanOuts().contains(type)) {
                  add(type, kind);
                }
              });
      Set<String> nested = step.fanOuts().isEmpty() ? Set.of() : joinsOf(step.step());
      List<StepSpec> following = steps.stream().filter(s -> nested.contains(s.step())).toList();
      following.forEach(this::runs);
    }

    private void add(String type, @Nullable EventKind kind) {
      types.add(type);
      asks |= kind == EventKind.INPUT_REQUIRED;
    }
  }
}
