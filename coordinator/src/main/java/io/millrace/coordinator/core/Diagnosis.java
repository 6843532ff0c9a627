package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Outcome.BufferDiagnosis;
import io.millrace.coordinator.core.RunStore.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the run's buffers hold and lack, for people. */
final class Diagnosis {
  /**
   * Of each kind, so many are told: an answer is one record, and so is an outcome. One more than an
   * answer tells, which knows by it that there is more.
   */
  private static final int MOST = Inspecting.MOST + 1;

  private Diagnosis() {}

  /** Reserved sets still belong to their buffer: it is emptied when the firing completes (C5). */
  static List<BufferDiagnosis> buffers(RunStore store) {
    List<BufferDiagnosis> buffers = new ArrayList<>();
    for (Found<Entry.BufferHead> found : store.scan(Entry.BufferHead.class, null, MOST)) {
      Entry.BufferHead head = found.entry();
      buffers.add(new BufferDiagnosis(head.step(), head.bufferId(), head.holds(), lacks(head)));
    }
    for (Found<Entry.ReservedSets> found : store.scan(Entry.ReservedSets.class, null, MOST)) {
      OpenExecution execution = store.get(Keys.execution(found.key().name()));
      for (RunEffect.CollectedSet set : found.entry().sets()) {
        Map<String, Integer> holds = new TreeMap<>();
        set.events().forEach(event -> holds.merge(event.type(), 1, Integer::sum));
        String step = execution == null ? "" : execution.step();
        buffers.add(new BufferDiagnosis(step, set.bufferId(), holds, Map.of()));
      }
    }
    for (Found<Entry.FanOut> found : store.scan(Entry.FanOut.class, null, MOST)) {
      Entry.FanOut fanOut = found.entry();
      fanOut
          .arrived()
          .forEach(
              (join, count) ->
                  buffers.add(
                      new BufferDiagnosis(
                          join,
                          "fan-out of " + fanOut.step(),
                          Map.of("arrived", count),
                          Map.of("still open", fanOut.open()))));
    }
    return buffers;
  }

  static String whyStalled(List<BufferDiagnosis> buffers) {
    StringBuilder reason =
        new StringBuilder(
            "no execution is open, nothing is scheduled, no stop event came, and no step accepts"
                + " an event that only the outside can produce");
    for (BufferDiagnosis buffer : buffers) {
      reason.append("; buffer ").append(buffer.step()).append('/').append(buffer.bufferId());
      reason.append(" holds ").append(buffer.holds()).append(" and lacks ").append(buffer.lacks());
    }
    return reason.toString();
  }

  private static Map<String, Integer> lacks(Entry.BufferHead head) {
    Map<String, Integer> lacks = new TreeMap<>();
    head.expects()
        .forEach(
            (type, wanted) -> {
              int held = head.holds().getOrDefault(type, 0);
              if (held < wanted) {
                lacks.put(type, wanted - held);
              }
            });
    return lacks;
  }
}
