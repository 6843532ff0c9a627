package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two laws about one input. The same state, input and graph give the same effects and the same next
 * state; and the same record once more, at another offset, changes nothing.
 */
final class Examination {
  private final Rules rules;
  private final WorkflowGraph graph;
  private final Journal journal;
  private final RunInput input;
  private final Arrival arrival;
  private @Nullable List<RunEffect> rehearsed;
  private @Nullable RunState rehearsedState;

  Examination(Rules rules, WorkflowGraph graph, Journal journal, RunInput input, Arrival arrival) {
    this.rules = rules;
    this.graph = graph;
    this.journal = journal;
    this.input = input;
    this.arrival = arrival;
  }

  /** Applies the input and takes it back. */
  void rehearse() {
    RunState before = journal.state();
    rehearsed = rules.apply(graph, journal, input, arrival);
    rehearsedState = journal.state();
    journal.undo();
    LawBroken.unless(journal.state().equals(before), "a rollback left traces in the head");
  }

  void compare(List<RunEffect> effects) {
    LawBroken.unless(effects.equals(rehearsed), "the same input had other effects", effects, input);
    LawBroken.unless(journal.state().equals(rehearsedState), "the same input left another state");
  }

  void repeat() {
    RunState before = journal.state();
    if (before instanceof RunState.Absent) {
      return;
    }
    journal.begin();
    List<RunEffect> effects =
        rules.apply(graph, journal, input, new Arrival(arrival.offset() + 1, arrival.at()));
    boolean quiet =
        effects.stream()
            .allMatch(
                effect ->
                    effect instanceof RunEffect.Disregard
                        || effect instanceof RunEffect.Reply
                        || effect instanceof RunEffect.CancelWork);
    LawBroken.unless(quiet, "a repeat does something", input, effects);
    boolean unchanged = journal.state().equals(before) && Changes.of(journal).none();
    LawBroken.unless(unchanged, "a repeat changes the run", input);
    journal.undo();
  }
}
