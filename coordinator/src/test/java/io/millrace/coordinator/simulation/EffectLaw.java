package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.Arrived;
import io.millrace.coordinator.core.Entry.BufferedEvent;
import io.millrace.coordinator.core.Entry.FanOut;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StepBuilder;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.StepSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every event of a completion that counts gets to every step that accepts it, or is kept (S1): as
 * an execution, in a buffer of the join that it is for, at the end of its fan-out.
 */
final class EffectLaw implements Law {
  @Override
  public void check(Step step) {
    if (!step.goesOn()
        || step.changes().closed().isEmpty()
        || !step.handlers().isEmpty()
        || !(step.input() instanceof RunInput.StepCompleted input)) {
      return;
    }
    Set<String> landed = landed(step);
    Set<String> fired = fired(step);
    int asked = 0;
    for (StepEffect effect : step.deeds().ofCompleted(input.tryId())) {
      if (effect instanceof StepEffect.Emit emit) {
        asked += emit.event().kind() == EventKind.INPUT_REQUIRED ? 1 : 0;
        arrived(step, emit, landed, fired);
      }
    }
    long prompts =
        step.changes().of(Entry.OpenPrompt.class).stream().filter(c -> c.after() != null).count();
    step.require(prompts == asked, "questions asked and prompts differ", asked, prompts);
  }

  private static Set<String> landed(Step step) {
    Set<String> landed = new HashSet<>();
    for (OpenExecution opened : step.changes().opened()) {
      landed.add(value(opened.event()) + " at " + opened.step());
      Entry.Joined joined = step.joinedBy(opened);
      if (joined != null) {
        joined.events().forEach(event -> landed.add(value(event) + " at " + opened.step()));
      }
    }
    for (Changes.Change<BufferedEvent> change : step.changes().of(BufferedEvent.class)) {
      BufferedEvent held = change.after();
      if (held != null) {
        landed.add(value(held.event()) + " at " + Buffer.stepOf(change.key()));
      }
    }
    for (Changes.Change<Arrived> change : step.changes().of(Arrived.class)) {
      Arrived waits = change.after();
      if (waits != null) {
        String line = change.key().name();
        landed.add(value(waits.event()) + " at " + line.substring(line.indexOf('/') + 1));
      }
    }
    for (Changes.Change<Entry.ParkedEvent> change : step.changes().of(Entry.ParkedEvent.class)) {
      Entry.ParkedEvent parked = change.after();
      if (parked != null) {
        landed.add(value(parked.event()) + " kept");
      }
    }
    return landed;
  }

  /** Joins that have had their set of a fan-out that this input was about. */
  private static Set<String> fired(Step step) {
    Set<String> fired = new HashSet<>();
    for (Changes.Change<FanOut> change : step.changes().of(FanOut.class)) {
      FanOut before = change.before();
      FanOut after = change.after();
      fired.addAll(before == null ? List.of() : before.fired());
      fired.addAll(after == null ? List.of() : after.fired());
    }
    for (OpenExecution opened : step.changes().opened()) {
      if (opened.input() == Entry.Input.JOINED) {
        fired.add(opened.step());
      }
    }
    for (OpenExecution closed : step.changes().closed()) {
      FanOut around = step.store().get(EntryKey.of(FanOut.class, closed.lineage().fanOut()));
      fired.addAll(around == null ? List.of() : around.fired());
    }
    return fired;
  }

  private static void arrived(
      Step step, StepEffect.Emit emit, Set<String> landed, Set<String> fired) {
    String value = value(emit.event());
    List<StepSpec> accepting = step.graph().accepting(StepBuilder.WORKFLOW, emit.event().type());
    boolean inFanOut =
        emit.fanOut() || !step.changes().closed().get(0).lineage().fanOut().isEmpty();
    for (StepSpec spec : accepting) {
      boolean dropped =
          spec.join() instanceof StepSpec.Join.OverFanOut
              && (!inFanOut || fired.contains(spec.step()));
      step.require(
          dropped || landed.contains(value + " at " + spec.step()),
          "got lost on its way",
          value,
          spec);
    }
    if (accepting.isEmpty() && emit.event().kind() == EventKind.EVENT) {
      step.require(landed.contains(value + " kept"), "got lost", value);
    }
  }

  private static String value(Event event) {
    return Work.text(event.value());
  }
}
