package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.BufferHead;
import io.millrace.coordinator.core.Entry.BufferedEvent;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunEffect.CollectedSet;
import io.millrace.coordinator.core.RunEffect.InternalKind;
import io.millrace.coordinator.core.RunStore.Found;
import io.millrace.coordinator.core.StepEffect.Collect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collect buffers (C1 to C5). An event enters when the execution that it belongs to completes
 * without a set. The one whose event makes a set complete gets the set: its events leave the buffer
 * at once, into the execution's reservation, so that no other can have them; the execution is
 * invoked again with the set and keeps it through every retry until it completes. An event enters
 * with one completion at a time, so at most one set becomes complete by it, and none is left
 * behind.
 */
final class Buffers {
  private final LiveRun run;
  private final Facts facts;

  Buffers(LiveRun run, Facts facts) {
    this.run = run;
    this.facts = facts;
  }

  /** The first call of this pass that its execution's event makes complete; null: none. */
  @Nullable Collect firing(OpenExecution execution, List<StepEffect> effects) {
    for (Collect call : offers(execution, effects)) {
      if (wants(call, execution) && complete(call, execution)) {
        return call;
      }
    }
    return null;
  }

  /** Takes the set out for this execution: the oldest of each type, in the order asked (C1, C2). */
  void reserve(OpenExecution execution, Collect call) {
    String buffer = name(execution, call);
    Map<String, Integer> wanted = counts(call);
    Map<String, ArrayDeque<Event>> taken = new TreeMap<>();
    boolean ownTaken = false;
    for (Map.Entry<String, Integer> want : wanted.entrySet()) {
      ArrayDeque<Event> oldest = new ArrayDeque<>();
      String line = Keys.bufferLine(buffer, want.getKey());
      for (Found<BufferedEvent> found :
          run.store.scan(BufferedEvent.class, line, want.getValue())) {
        run.store.remove(found.key());
        run.buffered--;
        oldest.add(found.entry().event());
      }
      if (oldest.size() < want.getValue() && want.getKey().equals(execution.event().type())) {
        oldest.add(execution.event());
        ownTaken = true;
      }
      taken.put(want.getKey(), oldest);
    }
    List<Event> set = new ArrayList<>();
    for (StepEffect.TypeRun asked : call.types()) {
      ArrayDeque<Event> oldest = taken.getOrDefault(asked.type(), new ArrayDeque<>());
      for (int i = 0; i < asked.count(); i++) {
        set.add(oldest.remove());
      }
    }
    BufferHead head = head(buffer, execution, call);
    Map<String, Integer> holds = new TreeMap<>(head.holds());
    boolean own = ownTaken;
    wanted.forEach(
        (type, count) -> {
          boolean withOwn = own && type.equals(execution.event().type());
          holds.merge(type, withOwn ? 1 - count : -count, Integer::sum);
        });
    store(buffer, head, wanted, holds, head.nextSeq());
    if (!ownTaken) {
      put(execution, call);
    }
    List<CollectedSet> sets = new ArrayList<>(reserved(execution));
    sets.add(new CollectedSet(call.bufferId(), set));
    run.store.put(Keys.reserved(execution.id()), new Entry.ReservedSets(sets));
  }

  /** Keeps the event of an execution that completes without a set. */
  void offerAll(OpenExecution execution, List<StepEffect> effects) {
    for (Collect call : offers(execution, effects)) {
      if (wants(call, execution)) {
        put(execution, call);
      } else {
        ignored(
            execution,
            "event "
                + execution.event().type()
                + " is not among those that buffer '"
                + call.bufferId()
                + "' expects: "
                + counts(call));
      }
    }
  }

  /** A set that was handed out and not asked for again is gone; that is not kept secret. */
  void noteUntaken(OpenExecution execution, List<StepEffect> effects) {
    Set<String> asked = new HashSet<>();
    for (StepEffect effect : effects) {
      if (effect instanceof Collect call) {
        asked.add(call.bufferId());
      }
    }
    for (CollectedSet set : reserved(execution)) {
      if (!asked.contains(set.bufferId())) {
        ignored(
            execution,
            "the set of buffer '"
                + set.bufferId()
                + "' was not asked for again when the step was"
                + " invoked with it");
      }
    }
  }

  /** The calls that offer the event: once per buffer (C3), and not where it got its set already. */
  private List<Collect> offers(OpenExecution execution, List<StepEffect> effects) {
    List<Collect> offers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (StepEffect effect : effects) {
      if (effect instanceof Collect call && !call.types().isEmpty()) {
        if (seen.isEmpty()) {
          reserved(execution).forEach(set -> seen.add("reserved " + set.bufferId()));
        }
        if (!seen.contains("reserved " + call.bufferId())
            && seen.add("offered " + name(execution, call))) {
          offers.add(call);
        }
      }
    }
    return offers;
  }

  private List<CollectedSet> reserved(OpenExecution execution) {
    Entry.ReservedSets sets =
        execution.round() == 0 ? null : run.store.get(Keys.reserved(execution.id()));
    return sets == null ? List.of() : sets.sets();
  }

  private static boolean wants(Collect call, OpenExecution execution) {
    String type = execution.event().type();
    return call.types().stream().anyMatch(asked -> asked.type().equals(type));
  }

  private boolean complete(Collect call, OpenExecution execution) {
    BufferHead head = run.store.get(Keys.bufferHead(name(execution, call)));
    Map<String, Integer> holds = head == null ? Map.of() : head.holds();
    for (Map.Entry<String, Integer> want : counts(call).entrySet()) {
      int own = want.getKey().equals(execution.event().type()) ? 1 : 0;
      if (holds.getOrDefault(want.getKey(), 0) + own < want.getValue()) {
        return false;
      }
    }
    return true;
  }

  private void put(OpenExecution execution, Collect call) {
    String buffer = name(execution, call);
    BufferHead head = head(buffer, execution, call);
    String type = execution.event().type();
    run.store.put(
        Keys.buffered(Keys.bufferLine(buffer, type), head.nextSeq()),
        new BufferedEvent(execution.event(), execution.id(), execution.lineage()));
    run.buffered++;
    Map<String, Integer> holds = new TreeMap<>(head.holds());
    holds.merge(type, 1, Integer::sum);
    store(buffer, head, counts(call), holds, head.nextSeq() + 1);
  }

  private void store(
      String buffer,
      BufferHead head,
      Map<String, Integer> expects,
      Map<String, Integer> holds,
      long nextSeq) {
    holds.values().removeIf(count -> count == 0);
    if (holds.isEmpty()) {
      run.store.remove(Keys.bufferHead(buffer));
    } else {
      run.store.put(
          Keys.bufferHead(buffer),
          new BufferHead(head.step(), head.bufferId(), expects, holds, nextSeq));
    }
  }

  private BufferHead head(String buffer, OpenExecution execution, Collect call) {
    BufferHead head = run.store.get(Keys.bufferHead(buffer));
    if (head != null) {
      return head;
    }
    String shown =
        call.correlation() == null
            ? call.bufferId()
            : call.bufferId() + "[" + call.correlation() + "]";
    return new BufferHead(execution.step(), shown, Map.of(), Map.of(), 0);
  }

  private void ignored(OpenExecution execution, String message) {
    run.note(execution.step() + ": " + message);
    facts.notable(
        InternalKind.EVENT_IGNORED, execution.step(), execution.id(), execution.attempt(), message);
  }

  private static Map<String, Integer> counts(Collect call) {
    Map<String, Integer> counts = new TreeMap<>();
    call.types().forEach(run -> counts.merge(run.type(), run.count(), Integer::sum));
    return counts;
  }

  private static String name(OpenExecution execution, Collect call) {
    String correlation = call.correlation();
    return Keys.buffer(
        execution.step(), call.bufferId(), correlation == null ? "" : "=" + correlation);
  }
}
