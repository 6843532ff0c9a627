package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.BufferHead;
import io.millrace.coordinator.core.Entry.BufferedEvent;
import io.millrace.coordinator.core.StepSpec.Join;
import java.util.Map;

/**
 * Joins by parameters (C6). The step is not invoked for the parts: they are held, first in first
 * out, and the one that makes a set complete opens one execution with all of it.
 */
final class StaticJoins {
  /** How such a buffer is called where buffers are listed. */
  private static final String SHOWN = "join";

  private final LiveRun run;
  private final HeldEvents held;
  private final Dispatching dispatching;

  StaticJoins(LiveRun run, HeldEvents held, Dispatching dispatching) {
    this.run = run;
    this.held = held;
    this.dispatching = dispatching;
  }

  void take(StepSpec step, Join.AllOf join, Event event, String cause, Lineage lineage) {
    String buffer = buffer(step.step());
    String type = part(run, step, event);
    Map<String, Integer> wanted = HeldEvents.counts(join.types());
    BufferHead head = held.head(buffer, step.step(), SHOWN);
    BufferedEvent part = new BufferedEvent(event, cause, lineage);
    BufferHead withPart = held.put(buffer, head, type, part, wanted);
    if (HeldEvents.sets(wanted, withPart.holds()) > 0) {
      HeldEvents.TakenSet set = held.take(buffer, withPart, join.types());
      dispatching.openJoined(event, cause, step, set.around(), set.events());
    }
  }

  /** The parameter that the event is for. */
  static String part(LiveRun run, StepSpec step, Event event) {
    String type = run.turn.graph().acceptedAs(step, event.type());
    if (type == null) {
      throw new IllegalStateException(step.step() + " was given a " + event.type());
    }
    return type;
  }

  static String buffer(String step) {
    // No collect call has this correlation: theirs is empty or begins with "=".
    return Keys.buffer(step, "", SHOWN);
  }
}
