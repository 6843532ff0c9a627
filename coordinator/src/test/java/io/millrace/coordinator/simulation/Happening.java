package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.RunEffect.WaitAnswer;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.StepSpec;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** What has to have happened somewhere, or else the laws about it were never put to the test. */
enum Happening {
  SET_COLLECTED,
  SET_OF_PARAMETERS,
  FAN_OUT_JOINED,
  NESTED_FAN_OUT_JOINED,
  EMPTY_FAN_OUT_JOINED,
  JOINED_BEFORE_THE_END,
  FAILURE_HANDLED,
  FAILURE_HANDLED_IN_A_FAN_OUT,
  UPDATE_LOST,
  EARLY_EVENT_KEPT,
  EARLY_EVENT_TAKEN,
  WAIT_ANSWERED,
  WAIT_TIMED_OUT,
  QUEUED_FOR_A_PLACE,
  REDRIVEN;

  static Set<Happening> in(Step step) {
    Set<Happening> seen = EnumSet.noneOf(Happening.class);
    if (!(step.after() instanceof RunState.Running)) {
      return seen;
    }
    seen.addAll(opened(step));
    for (Changes.Change<OpenExecution> change : step.changes().of(OpenExecution.class)) {
      OpenExecution now = change.after();
      if (now != null && now.phase() == Phase.CONTENDING) {
        seen.add(UPDATE_LOST);
      } else if (now != null && now.phase() == Phase.QUEUED) {
        seen.add(QUEUED_FOR_A_PLACE);
      }
    }
    if (step.changes().of(Entry.ReservedSets.class).stream().anyMatch(c -> c.after() != null)) {
      seen.add(SET_COLLECTED);
    }
    for (Changes.Change<Entry.EarlyEvent> change : step.changes().of(Entry.EarlyEvent.class)) {
      seen.add(change.after() == null ? EARLY_EVENT_TAKEN : EARLY_EVENT_KEPT);
    }
    for (Changes.Change<Entry.Answers> change : step.changes().of(Entry.Answers.class)) {
      if (change.after() != null) {
        boolean inTime =
            change.after().answers().stream().map(WaitAnswer::event).allMatch(Objects::nonNull);
        seen.add(inTime ? WAIT_ANSWERED : WAIT_TIMED_OUT);
      }
    }
    if (step.input() instanceof RunInput.RedriveRun && step.before() instanceof RunState.Finished) {
      seen.add(REDRIVEN);
    }
    return seen;
  }

  private static Set<Happening> opened(Step step) {
    Set<Happening> seen = EnumSet.noneOf(Happening.class);
    for (OpenExecution opened : step.changes().opened()) {
      boolean inFanOut = !opened.lineage().fanOut().isEmpty();
      Entry.Joined joined = step.joinedBy(opened);
      StepSpec spec = step.spec(opened.step());
      if (opened.input() == Entry.Input.CAUGHT) {
        seen.add(inFanOut ? FAILURE_HANDLED_IN_A_FAN_OUT : FAILURE_HANDLED);
      } else if (joined != null && spec != null) {
        if (spec.join() instanceof StepSpec.Join.AllOf) {
          seen.add(SET_OF_PARAMETERS);
        } else if (joined.events().isEmpty()) {
          seen.add(EMPTY_FAN_OUT_JOINED);
        } else if (!FanOutLaw.anyCloses(step)) {
          seen.add(JOINED_BEFORE_THE_END);
        } else {
          seen.add(inFanOut ? NESTED_FAN_OUT_JOINED : FAN_OUT_JOINED);
        }
      }
    }
    return seen;
  }
}
