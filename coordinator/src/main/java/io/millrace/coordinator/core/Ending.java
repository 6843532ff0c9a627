package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The end of a run: one outcome, everybody is told, nothing is left but what late callers need. */
final class Ending {
  static final String PURGE = "purge";
  static final String EXPIRE_STREAM = "expire-stream";

  private final LiveRun run;
  private final StateCells state;
  private final Facts facts;

  Ending(LiveRun run, StateCells state, Facts facts) {
    this.run = run;
    this.state = state;
    this.facts = facts;
  }

  void completed(Event stop) {
    end(Outcome.Status.COMPLETED, stop, null, "", List.of());
  }

  Outcome cancelled(String reason) {
    return end(Outcome.Status.CANCELLED, null, null, reason, List.of());
  }

  void timedOut() {
    String reason = "the run's timeout of " + run.settings.timeout() + " has passed";
    end(Outcome.Status.TIMED_OUT, null, null, reason, Diagnosis.buffers(run.store));
  }

  void stalled() {
    List<Outcome.BufferDiagnosis> buffers = Diagnosis.buffers(run.store);
    end(Outcome.Status.STALLED, null, null, Diagnosis.whyStalled(buffers), buffers);
  }

  /** No step is to blame. */
  void failed(ErrorInfo error) {
    failed(new Outcome.Failure("", "", error, 0));
  }

  /** The execution has been closed already. */
  void failed(OpenExecution execution, ErrorInfo error) {
    failed(new Outcome.Failure(execution.step(), execution.id(), error, execution.attempt()));
  }

  private void failed(Outcome.Failure failure) {
    String where = failure.step().isEmpty() ? "" : "step " + failure.step() + ": ";
    ErrorInfo error = failure.error();
    end(
        Outcome.Status.FAILED,
        null,
        failure,
        where + error.type() + ": " + error.message(),
        List.of());
  }

  private Outcome end(
      Outcome.Status status,
      @Nullable Event result,
      Outcome.@Nullable Failure failure,
      String reason,
      List<Outcome.BufferDiagnosis> buffers) {
    Set<String> active = new TreeSet<>();
    Map<String, List<String>> byWorker = new TreeMap<>();
    for (OpenExecution execution : Leftovers.executions(run)) {
      if (Phases.holdsPlace(execution)) {
        active.add(execution.step());
      }
      if (execution.worker() != null) {
        byWorker
            .computeIfAbsent(execution.worker(), worker -> new ArrayList<>())
            .add(execution.id());
      }
    }
    Outcome outcome =
        new Outcome(
            run.turn.runId(),
            run.settings.workflow(),
            run.epoch,
            status,
            result,
            failure,
            reason,
            List.copyOf(active),
            buffers,
            run.settings.startedAt(),
            run.now(),
            run.streamed,
            state.pick(run.settings.outcomeKeys()));
    // Work for a run that ends in the same turn would be done in vain.
    run.turn.dropDispatches();
    run.answerStarts(new Answer.StartAccepted(false), outcome);
    run.turn.add(new RunEffect.EndRun(outcome));
    facts.terminal(outcome);
    byWorker.forEach(
        (worker, ids) ->
            run.turn.add(new RunEffect.CancelWork(worker, run.turn.runId(), ids, "run " + status)));
    Leftovers.remove(run);
    Limits limits = run.turn.limits();
    run.setTimer(PURGE, limits.runRetention());
    if (outcome.mayHaveStreamed()) {
      Duration kept = limits.streamRetention();
      run.setTimer(
          EXPIRE_STREAM, kept.compareTo(limits.runRetention()) < 0 ? kept : limits.runRetention());
    }
    run.end(outcome);
    return outcome;
  }
}
