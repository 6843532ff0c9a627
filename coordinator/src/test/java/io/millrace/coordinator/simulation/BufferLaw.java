package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.BufferHead;
import io.millrace.coordinator.core.Entry.BufferedEvent;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.ReservedSets;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.StepSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event enters a step's buffer once (C3), is in the buffer, in one reserved set or used up, and
 * is used once (C4). No complete set is left lying, and a set stays with its execution until that
 * closes (C5).
 */
final class BufferLaw implements Law {
  @Override
  public void check(Step step) {
    if (!step.goesOn()) {
      return;
    }
    Set<String> entering = new HashSet<>();
    Set<String> leaving = new HashSet<>();
    for (Changes.Change<BufferedEvent> change : step.changes().of(BufferedEvent.class)) {
      BufferedEvent before = change.before();
      BufferedEvent after = change.after();
      // Both at once: a buffer that was emptied begins with its first place again.
      String name = Buffer.stepOf(change.key());
      if (after != null) {
        note(step, entering, name + " " + after.event().id());
      }
      if (before != null) {
        note(step, leaving, name + " " + before.event().id());
      }
    }
    for (OpenExecution opened : step.changes().opened()) {
      joined(step, opened, entering, leaving);
    }
    for (Changes.Change<ReservedSets> change : step.changes().of(ReservedSets.class)) {
      reserved(step, change, entering, leaving);
    }
    step.require(leaving.isEmpty(), "events left a buffer for nowhere", leaving);
    for (String event : entering) {
      step.require(
          step.ledger().add("collected " + step.life() + " " + event),
          "enters a buffer again",
          event);
    }
    for (Changes.Change<BufferHead> change : step.changes().of(BufferHead.class)) {
      BufferHead head = change.after();
      step.require(head == null || lacks(head), "a complete set is left lying", head);
    }
  }

  /** A join by parameters uses its set as it opens (C6). */
  private static void joined(
      Step step, OpenExecution opened, Set<String> entering, Set<String> leaving) {
    Entry.Joined joined = step.joinedBy(opened);
    StepSpec spec = step.spec(opened.step());
    if (joined == null || spec == null || !(spec.join() instanceof StepSpec.Join.AllOf all)) {
      return;
    }
    step.require(
        joined.events().stream().map(Event::type).toList().equals(types(all)),
        "a set has other types than the parameters",
        joined);
    for (Event event : joined.events()) {
      String taken = opened.step() + " " + event.id();
      if (!leaving.remove(taken)) {
        note(step, entering, taken);
      }
      step.require(step.ledger().add("used " + step.life() + " " + taken), "used twice", taken);
    }
  }

  private static List<String> types(StepSpec.Join.AllOf join) {
    return join.types().stream()
        .flatMap(asked -> Collections.nCopies(asked.count(), asked.type()).stream())
        .toList();
  }

  private static void reserved(
      Step step, Changes.Change<ReservedSets> change, Set<String> entering, Set<String> leaving) {
    String execution = change.key().name();
    String name = stepOf(step, execution);
    List<Event> before = events(change.before());
    List<Event> after = events(change.after());
    if (change.after() == null) {
      boolean closed =
          step.changes().closed().stream().map(OpenExecution::id).anyMatch(execution::equals);
      step.require(closed, "lost its set", execution);
      for (Event event : before) {
        String used = name + " " + event.id();
        step.require(step.ledger().add("used " + step.life() + " " + used), "used twice", used);
      }
      return;
    }
    step.require(
        after.size() >= before.size() && after.subList(0, before.size()).equals(before),
        "sets were exchanged",
        execution);
    for (Event event : after.subList(before.size(), after.size())) {
      String taken = name + " " + event.id();
      if (!leaving.remove(taken)) {
        note(step, entering, taken);
      }
    }
  }

  private static List<Event> events(@Nullable ReservedSets sets) {
    List<Event> events = new ArrayList<>();
    if (sets != null) {
      sets.sets().forEach(set -> events.addAll(set.events()));
    }
    return events;
  }

  private static void note(Step step, Set<String> events, String event) {
    step.require(events.add(event), "twice at once", event);
  }

  private static String stepOf(Step step, String executionId) {
    Object name = step.ledger().get("step " + executionId);
    return name == null ? "nobody" : name.toString();
  }

  private static boolean lacks(BufferHead head) {
    return head.expects().entrySet().stream()
        .anyMatch(want -> head.holds().getOrDefault(want.getKey(), 0) < want.getValue());
  }
}
