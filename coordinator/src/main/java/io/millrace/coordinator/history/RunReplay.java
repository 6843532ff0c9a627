package io.millrace.coordinator.history;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.MemoryRunStore;
import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.Token;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.coordinator.history.RunHistory.End;
import io.millrace.coordinator.history.RunHistory.Kind;
import io.millrace.coordinator.history.RunHistory.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's inputs applied once more, in memory, by the rules that the coordinator itself follows.
 * What they disregard leaves no trace here either. Exact as long as the workflow's graph is the one
 * that the coordinator had. Not thread-safe.
 */
final class RunReplay {
  private record Trace(String step, String eventType, List<AttemptTrace> attempts) {
    AttemptTrace last() {
      return attempts.get(attempts.size() - 1);
    }
  }

  private final WorkflowGraph graph;
  private final MemoryRunStore store;
  private final Map<String, Trace> executions = new LinkedHashMap<>();
  private final Map<String, List<StepEffect>> chunks = new HashMap<>();
  private final List<Moment> moments = new ArrayList<>();

  RunReplay(WorkflowGraph graph, String runId) {
    this.graph = graph;
    this.store = new MemoryRunStore(runId);
  }

  /** Where the run stands after what has been applied. */
  RunState state() {
    return store.state();
  }

  /** How many executions have been seen. */
  int size() {
    return executions.size();
  }

  void apply(RunInput input, Arrival arrival) {
    boolean begins = store.state() instanceof RunState.Absent;
    List<RunEffect> effects = transition(input, arrival);
    store.commit();
    if (begins && !(store.state() instanceof RunState.Absent)) {
      forget(); // an id may have been used before, by a run that nobody remembers
      moments.add(new Moment(arrival.at(), Kind.STARTED, Optional.empty(), "the run was started"));
    }
    if (effects.stream().noneMatch(RunEffect.Disregard.class::isInstance)) {
      new Tracing(this, arrival.at()).trace(input);
    }
    effects.forEach(effect -> trace(effect, arrival.at()));
  }

  private List<RunEffect> transition(RunInput input, Arrival arrival) {
    try {
      return RunCore.apply(graph, store, input, arrival);
    } catch (RuntimeException e) {
      // As the coordinator does (law 18).
      store.rollback();
      return RunCore.fail(graph, store, arrival, new ErrorInfo("Internal", String.valueOf(e), ""));
    }
  }

  private void forget() {
    executions.clear();
    chunks.clear();
    moments.clear();
  }

  private void trace(RunEffect effect, Instant at) {
    if (effect instanceof RunEffect.Dispatch dispatch) {
      for (RunEffect.Target target : dispatch.targets()) {
        Trace trace =
            executions.computeIfAbsent(
                target.token().executionId(),
                id -> new Trace(target.step(), dispatch.event().type(), new ArrayList<>()));
        if (trace.attempts().isEmpty() || !trace.last().isOpenFor(target.token())) {
          trace.attempts().add(new AttemptTrace(target.token(), at));
        }
      }
    } else if (effect instanceof RunEffect.Publish publish) {
      trace(publish.fact(), at);
    } else if (effect instanceof RunEffect.EndRun end) {
      ended(end.outcome(), at);
    }
  }

  private void trace(RunEffect.Fact fact, Instant at) {
    if (fact instanceof RunEffect.Fact.Prompt prompt) {
      moments.add(new Moment(at, Kind.PROMPT, Optional.of(prompt.step()), prompt.event().type()));
    }
  }

  private void ended(Outcome outcome, Instant at) {
    executions.values().stream()
        .map(Trace::last)
        .filter(AttemptTrace::isOpen)
        .forEach(attempt -> attempt.ended(End.DROPPED, "the run ended first", at));
    notes();
    moments.add(
        new Moment(
            at,
            Kind.ENDED,
            Optional.empty(),
            outcome.reason().isEmpty()
                ? outcome.status().name()
                : outcome.status() + ": " + outcome.reason()));
  }

  /** The attempt that the token names, if it is out. */
  Optional<AttemptTrace> out(Token token) {
    return Optional.ofNullable(executions.get(token.executionId()))
        .map(Trace::last)
        .filter(attempt -> attempt.isOpenFor(token));
  }

  /** Whether the execution is still open after the input. */
  Entry.@Nullable OpenExecution open(Token token) {
    return store.get(EntryKey.of(Entry.OpenExecution.class, token.executionId()));
  }

  void chunk(String tryId, List<StepEffect> effects) {
    chunks.computeIfAbsent(tryId, id -> new ArrayList<>()).addAll(effects);
  }

  List<StepEffect> chunks(String tryId) {
    List<StepEffect> all = chunks.remove(tryId);
    return all == null ? List.of() : all;
  }

  void moment(Instant at, Kind kind, String text) {
    moments.add(new Moment(at, kind, Optional.empty(), text));
  }

  /** What the run has noted itself, so far as it is kept. */
  private void notes() {
    moments.removeIf(moment -> moment.kind() == Kind.NOTE);
    store
        .scan(Entry.Note.class, null, Integer.MAX_VALUE)
        .forEach(
            found ->
                moments.add(
                    new Moment(
                        found.entry().at(), Kind.NOTE, Optional.empty(), found.entry().text())));
  }

  RunHistory done(Optional<String> gap) {
    if (store.state() instanceof RunState.Running) {
      notes();
    }
    moments.sort((a, b) -> a.at().compareTo(b.at()));
    return new RunHistory(
        executions.entrySet().stream()
            .map(
                entry ->
                    new RunHistory.Execution(
                        entry.getKey(),
                        entry.getValue().step(),
                        entry.getValue().eventType(),
                        entry.getValue().attempts().stream().map(AttemptTrace::done).toList()))
            .toList(),
        moments,
        gap);
  }
}
