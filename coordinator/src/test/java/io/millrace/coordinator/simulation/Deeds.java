package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.StepEffect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each try did, by its id: from completions as written, and of failed ones what they left
 * undone.
 */
final class Deeds {
  private final Map<String, List<StepEffect>> completed = new HashMap<>();
  private final Map<String, List<StepEffect>> failed = new HashMap<>();

  void completed(String tryId, List<StepEffect> effects) {
    completed.put(tryId, effects);
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
