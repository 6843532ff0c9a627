package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.BufferHead;
import io.millrace.coordinator.core.Entry.BufferedEvent;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunEffect.CollectedSet;
import io.millrace.coordinator.core.RunEffect.InternalKind;
import io.millrace.coordinator.core.StepEffect.Collect;
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
  private final FanOuts fanOuts;
  private final HeldEvents held;
  private final Dispatching dispatching;
  private final Facts facts;

  Buffers(LiveRun run, FanOuts fanOuts, HeldEvents held, Dispatching dispatching, Facts facts) {
    this.run = run;
    this.fanOuts = fanOuts;
    this.held = held;
    this.dispatching = dispatching;
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

  /** Takes the set out for this execution, which goes on where the set belongs (law 17). */
  OpenExecution reserve(OpenExecution execution, Collect call) {
    String buffer = name(execution, call);
    List<CollectedSet> sets = new ArrayList<>(reserved(execution));
    HeldEvents.TakenSet set = held.take(buffer, put(execution, call), call.types());
    Lineage around =
        sets.isEmpty() ? set.around() : fanOuts.around(List.of(set.around(), execution.lineage()));
    sets.add(new CollectedSet(call.bufferId(), set.events()));
    run.store.put(Keys.reserved(execution.id()), new Entry.ReservedSets(sets));
    return dispatching.move(execution, around);
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
                + HeldEvents.counts(call.types()));
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
    Map<String, Integer> withOwn = new TreeMap<>(head == null ? Map.of() : head.holds());
    withOwn.merge(execution.event().type(), 1, Integer::sum);
    return HeldEvents.sets(HeldEvents.counts(call.types()), withOwn) > 0;
  }

  private BufferHead put(OpenExecution execution, Collect call) {
    String buffer = name(execution, call);
    String shown =
        call.correlation() == null
            ? call.bufferId()
            : call.bufferId() + "[" + call.correlation() + "]";
    return held.put(
        buffer,
        held.head(buffer, execution.step(), shown),
        execution.event().type(),
        new BufferedEvent(execution.event(), execution.id(), execution.lineage()),
        HeldEvents.counts(call.types()));
  }

  private void ignored(OpenExecution execution, String message) {
    run.note(execution.step() + ": " + message);
    facts.notable(
        InternalKind.EVENT_IGNORED, execution.step(), execution.id(), execution.attempt(), message);
  }

  private static String name(OpenExecution execution, Collect call) {
    String correlation = call.correlation();
    return Keys.buffer(
        execution.step(), call.bufferId(), correlation == null ? "" : "=" + correlation);
  }
}
