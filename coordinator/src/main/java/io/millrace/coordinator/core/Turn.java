package io.millrace.coordinator.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One application of one input: what it may look at, and what it has asked of the outside. */
final class Turn {
  private final WorkflowGraph graph;
  private final RunStore store;
  private final Arrival arrival;
  private final List<RunEffect> effects = new ArrayList<>();

  Turn(WorkflowGraph graph, RunStore store, Arrival arrival) {
    this.graph = graph;
    this.store = store;
    this.arrival = arrival;
  }

  WorkflowGraph graph() {
    return graph;
  }

  Limits limits() {
    return graph.limits();
  }

  RunStore store() {
    return store;
  }

  String runId() {
    return store.runId();
  }

  Arrival arrival() {
    return arrival;
  }

  /** The later of the two: time never goes back (law 18). */
  Instant timeSince(Instant lastAt) {
    return arrival.at().isBefore(lastAt) ? lastAt : arrival.at();
  }

  void add(RunEffect effect) {
    effects.add(effect);
  }

  /** Answers, if anybody asked. */
  void reply(@Nullable Request request, Answer answer, @Nullable Outcome outcome) {
    if (request != null) {
      add(new RunEffect.Reply(request, runId(), answer, outcome));
    }
  }

  List<RunEffect> disregard(RunEffect.Reason reason, String detail) {
    add(new RunEffect.Disregard(reason, detail));
    return effects;
  }

  /** Says no: to whoever asked, else to the shell's counters. */
  List<RunEffect> refuse(
      @Nullable Request request,
      Answer.Code code,
      String message,
      @Nullable Outcome outcome,
      RunEffect.Reason reason) {
    if (request == null) {
      return disregard(reason, code + ": " + message);
    }
    reply(request, new Answer.Refused(code, message), outcome);
    return effects;
  }

  /** Work that is adopted for nothing is interrupted. */
  List<RunEffect> unwanted(RunInput.StepStarted input, RunEffect.Reason reason, String detail) {
    List<RunEffect.Unwanted> work = List.of(RunEffect.Unwanted.of(input.token()));
    add(new RunEffect.CancelWork(input.worker(), runId(), work, detail));
    return disregard(reason, detail);
  }

  /** The effects of a run that has ended or was refused: its own dispatches are called back. */
  void dropDispatches() {
    effects.removeIf(RunEffect.Dispatch.class::isInstance);
  }

  List<RunEffect> effects() {
    return effects;
  }
}
