package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.BufferHead;
import io.millrace.coordinator.core.Entry.BufferedEvent;
import io.millrace.coordinator.core.RunStore.Found;
import io.millrace.coordinator.core.StepEffect.TypeRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What buffers hold until a set is complete: first in first out, by type (C2). */
final class HeldEvents {
  private final LiveRun run;
  private final FanOuts fanOuts;

  HeldEvents(LiveRun run, FanOuts fanOuts) {
    this.run = run;
    this.fanOuts = fanOuts;
  }

  /** A set that was taken out, and where what it makes belongs (law 17). */
  record TakenSet(List<Event> events, Lineage around) {}

  /** The buffer's head as stored, else one that holds nothing. */
  BufferHead head(String buffer, String step, String shown) {
    BufferHead head = run.store.get(Keys.bufferHead(buffer));
    return head != null ? head : new BufferHead(step, shown, Map.of(), Map.of(), 0);
  }

  BufferHead put(
      String buffer,
      BufferHead head,
      String type,
      BufferedEvent event,
      Map<String, Integer> expects) {
    run.store.put(Keys.buffered(Keys.bufferLine(buffer, type), head.nextSeq()), event);
    run.buffered++;
    fanOuts.held(event.lineage(), 1);
    Map<String, Integer> holds = new TreeMap<>(head.holds());
    holds.merge(type, 1, Integer::sum);
    BufferHead next =
        new BufferHead(head.step(), head.bufferId(), expects, holds, head.nextSeq() + 1);
    run.store.put(Keys.bufferHead(buffer), next);
    return next;
  }

  /** Takes the set out: the oldest of each type, in the order asked (C1, C2). */
  TakenSet take(String buffer, BufferHead head, List<TypeRun> types) {
    Map<String, Integer> wanted = counts(types);
    Map<String, ArrayDeque<Event>> taken = new TreeMap<>();
    Map<String, Integer> holds = new TreeMap<>(head.holds());
    List<Lineage> members = new ArrayList<>();
    wanted.forEach(
        (type, count) -> {
          ArrayDeque<Event> oldest = new ArrayDeque<>();
          String line = Keys.bufferLine(buffer, type);
          for (Found<BufferedEvent> found : run.store.scan(BufferedEvent.class, line, count)) {
            run.store.remove(found.key());
            run.buffered--;
            members.add(found.entry().lineage());
            oldest.add(found.entry().event());
          }
          holds.merge(type, -oldest.size(), Integer::sum);
          taken.put(type, oldest);
        });
    store(buffer, head, wanted, holds);
    // A fan-out that has closed is known for as long as an event of it is held.
    Lineage around = fanOuts.around(members);
    members.forEach(member -> fanOuts.held(member, -1));
    List<Event> set = new ArrayList<>();
    for (TypeRun asked : types) {
      ArrayDeque<Event> oldest = taken.getOrDefault(asked.type(), new ArrayDeque<>());
      for (int i = 0; i < asked.count(); i++) {
        set.add(oldest.remove());
      }
    }
    return new TakenSet(set, around);
  }

  static Map<String, Integer> counts(List<TypeRun> types) {
    Map<String, Integer> counts = new TreeMap<>();
    types.forEach(asked -> counts.merge(asked.type(), asked.count(), Integer::sum));
    return counts;
  }

  /** How many complete sets these make. */
  static int sets(Map<String, Integer> wanted, Map<String, Integer> holds) {
    return wanted.entrySet().stream()
        .mapToInt(want -> holds.getOrDefault(want.getKey(), 0) / want.getValue())
        .min()
        .orElse(0);
  }

  private void store(
      String buffer, BufferHead head, Map<String, Integer> wanted, Map<String, Integer> holds) {
    holds.values().removeIf(count -> count == 0);
    if (holds.isEmpty()) {
      run.store.remove(Keys.bufferHead(buffer));
    } else {
      run.store.put(
          Keys.bufferHead(buffer),
          new BufferHead(head.step(), head.bufferId(), wanted, holds, head.nextSeq()));
    }
  }
}
