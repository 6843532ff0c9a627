package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.StepEffect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each try did, by its id: from completions as written, and of failed ones what they left
 * undone.
 */
final class Deeds {
  private final Map<String, List<StepEffect>> completed = new HashMap<>();
  private final Map<String, List<StepEffect>> failed = new HashMap<>();
  private final Set<String> members = new HashSet<>();

  void completed(String tryId, List<StepEffect> effects) {
    completed.put(tryId, effects);
    for (StepEffect effect : effects) {
      if (effect instanceof StepEffect.Emit emit && emit.fanOut()) {
        members.add(Work.text(emit.event().value()));
      }
    }
  }

  /** Whether an event of this value was returned in a list. */
  boolean isMember(String value) {
    return members.contains(value);
  }

  void failed(String tryId, List<StepEffect> effects) {
    failed.put(tryId, effects);
  }

  /** Empty for a try that never wrote a completion. */
  List<StepEffect> ofCompleted(String tryId) {
    return completed.getOrDefault(tryId, List.of());
  }

  boolean wasCompleted(String tryId) {
    return completed.containsKey(tryId);
  }

  List<StepEffect> ofFailed(String tryId) {
    return failed.getOrDefault(tryId, List.of());
  }
}
