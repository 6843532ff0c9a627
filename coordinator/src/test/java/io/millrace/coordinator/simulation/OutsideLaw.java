package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Answer;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;

/**
 * What comes from outside and is accepted for the first time leaves something behind: it is an
 * execution, an answer, waits in a buffer or for its taker, or is noted as unhandled (W5, W7).
 */
final class OutsideLaw implements Law {
  @Override
  public void check(Step step) {
    if (!step.goesOn() || !(step.input() instanceof RunInput.ExternalEvent input)) {
      return;
    }
    boolean accepted =
        step.effects().stream()
            .anyMatch(
                effect ->
                    effect instanceof RunEffect.Reply reply
                        && reply.answer() instanceof Answer.EventAccepted taken
                        && !taken.duplicate());
    if (!accepted) {
      return;
    }
    String event = step.life() + " " + input.event().id();
    step.require(step.ledger().add("taken " + event), "taken twice", event);
    boolean there =
        !step.changes().opened().isEmpty()
            || anyNew(step, Entry.Answers.class)
            || anyNew(step, Entry.BufferedEvent.class)
            || anyNew(step, Entry.EarlyEvent.class)
            || anyNew(step, Entry.ParkedEvent.class)
            || anyNew(step, Entry.Note.class);
    step.require(there, "accepted, and nothing came of it", event);
  }

  private static <E extends Entry> boolean anyNew(Step step, Class<E> kind) {
    return step.changes().of(kind).stream().anyMatch(change -> change.after() != null);
  }
}
