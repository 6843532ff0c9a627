package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.StepEffect.Emit;
import io.millrace.coordinator.core.StepEffect.OpenFanOut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where that belongs which a completion emits: the members of its list in the fan-out that the list
 * opens, all else, the fan-out included, beside the execution, each in emission order.
 *
 * @param emissions one for each {@link Emit}, in program order
 * @param fanOut its id; empty: the completion opens none
 * @param parent where the fan-out stands
 */
record Branches(List<Emission> emissions, String fanOut, Lineage parent) {

  static Branches of(OpenExecution execution, List<StepEffect> effects) {
    int members = 0;
    int beside = 0;
    for (StepEffect effect : effects) {
      if (effect instanceof OpenFanOut || effect instanceof Emit emit && !emit.fanOut()) {
        beside++;
      } else if (effect instanceof Emit) {
        members++;
      }
    }
    Lineage own = execution.lineage();
    String id = Ids.fanOut(execution.id());
    Lineage inside = new Lineage(id, "", own.recoveries());
    List<Emission> emissions = new ArrayList<>();
    String fanOut = "";
    Lineage parent = own;
    int member = 0;
    int next = 0;
    for (StepEffect effect : effects) {
      if (effect instanceof OpenFanOut) {
        fanOut = id;
        parent = own.child(next++, beside);
      } else if (effect instanceof Emit emit) {
        String cause = Ids.emittedCause(execution.id(), emissions.size());
        Lineage lineage =
            emit.fanOut() ? inside.child(member++, members) : own.child(next++, beside);
        emissions.add(new Emission(emitted(emit.event(), cause), cause, emit.toStep(), lineage));
      }
    }
    return new Branches(emissions, fanOut, parent);
  }

  /** Why these effects open no proper fan-out; null: they do, or open none. */
  static @Nullable ErrorInfo problem(List<StepEffect> effects) {
    int size = -1;
    int members = 0;
    boolean stopped = false;
    for (StepEffect effect : effects) {
      if (effect instanceof OpenFanOut open) {
        if (size >= 0) {
          return malformed("opens more than one fan-out");
        }
        size = open.size();
      } else if (effect instanceof Emit emit) {
        stopped |= emit.event().kind() == EventKind.STOP;
        members += emit.fanOut() ? 1 : 0;
        if (emit.fanOut() && size < 0) {
          return malformed("has a member of a fan-out that it has not opened");
        }
      }
    }
    return size >= 0 && size != members && !stopped
        ? malformed("opens a fan-out of " + size + " with " + members + " members")
        : null;
  }

  private static ErrorInfo malformed(String what) {
    return new ErrorInfo(
        "FanOutMalformed",
        "the completion " + what + "; a worker of this release sends one fan-out, then its members",
        "");
  }

  /** The worker's id is not trusted to be unique; ours derives from the cause. */
  private static Event emitted(Event event, String id) {
    return new Event(
        id,
        event.type(),
        event.kind(),
        event.value(),
        event.inReplyTo(),
        event.fields(),
        event.traceparent());
  }
}
