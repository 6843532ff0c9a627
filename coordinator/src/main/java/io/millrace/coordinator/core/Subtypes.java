package io.millrace.coordinator.core;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which accepted type of a step an event's type stands for (S1). Immutable; thread-safe. */
final class Subtypes {
  private final Map<String, Set<String>> supertypes = new TreeMap<>();

  /** Whoever declares a type may tell of what it is a subtype. */
  Subtypes(Collection<StepSpec> steps) {
    for (StepSpec step : steps) {
      step.supertypes()
          .forEach(
              (type, above) ->
                  supertypes.computeIfAbsent(type, t -> new TreeSet<>()).addAll(above));
    }
  }

  boolean isBelow(String type, String above) {
    return supertypes.getOrDefault(type, Set.of()).contains(above);
  }

  boolean takes(StepSpec step, String type) {
    return acceptedAs(step, type) != null;
  }

  /** Whether an event of this type is one of the accepted type to the step. */
  boolean isA(StepSpec step, String type, String accepted) {
    return type.equals(accepted) || step.acceptsSubtypes() && isBelow(type, accepted);
  }

  /** The type itself, else the first supertype by name; null: the step does not take it. */
  @Nullable String acceptedAs(StepSpec step, String type) {
    if (step.accepts().containsKey(type)) {
      return type;
    }
    if (step.acceptsSubtypes()) {
      for (String above : supertypes.getOrDefault(type, Set.of())) {
        if (step.accepts().containsKey(above)) {
          return above;
        }
      }
    }
    return null;
  }
}
