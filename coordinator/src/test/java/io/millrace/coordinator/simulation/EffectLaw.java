package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StepBuilder;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.StepSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every event of a completion that counts gets to every step that accepts it, or is kept (S1). */
final class EffectLaw implements Law {
  @Override
  public void check(Step step) {
    if (!step.goesOn()
        || step.changes().closed().isEmpty()
        || !(step.input() instanceof RunInput.StepCompleted input)) {
      return;
    }
    Set<String> landed = new HashSet<>();
    for (OpenExecution opened : step.changes().opened()) {
      landed.add(Work.text(opened.event().value()) + " at " + opened.step());
    }
    for (Changes.Change<Entry.ParkedEvent> change : step.changes().of(Entry.ParkedEvent.class)) {
      Entry.ParkedEvent parked = change.after();
      if (parked != null) {
        landed.add(Work.text(parked.event().value()) + " kept");
      }
    }
    int asked = 0;
    for (StepEffect effect : step.deeds().ofCompleted(input.tryId())) {
      if (effect instanceof StepEffect.Emit emit) {
        asked += emit.event().kind() == EventKind.INPUT_REQUIRED ? 1 : 0;
        arrived(step, emit, landed);
      }
    }
    long prompts =
        step.changes().of(Entry.OpenPrompt.class).stream().filter(c -> c.after() != null).count();
    step.require(prompts == asked, "questions asked and prompts differ", asked, prompts);
  }

  private static void arrived(Step step, StepEffect.Emit emit, Set<String> landed) {
    String value = Work.text(emit.event().value());
    List<StepSpec> accepting = step.graph().accepting(StepBuilder.WORKFLOW, emit.event().type());
    for (StepSpec spec : accepting) {
      step.require(
          landed.contains(value + " at " + spec.step()), "got lost on its way", value, spec);
    }
    if (accepting.isEmpty() && emit.event().kind() == EventKind.EVENT) {
      step.require(landed.contains(value + " kept"), "got lost", value);
    }
  }
}
