package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run, or of an epoch of it: one outcome, everybody is told, and nothing is left but
 * what late callers need and what a redrive would go on from.
 */
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

  /** No step is to blame. As always when a run fails: nothing may have been applied by half. */
  void failed(ErrorInfo error) {
    end(Outcome.Status.FAILED, null, nobody(error), text(error), List.of());
  }

  /** The execution stays open, frozen with the run. */
  void failed(OpenExecution execution, ErrorInfo error) {
    failed(execution, error, "");
  }

  /** {@code story}: what the outcome's reason says beside the error. */
  void failed(OpenExecution execution, ErrorInfo error, String story) {
    run.put(Phases.givenUp(execution, error));
    Outcome.Failure failure =
        new Outcome.Failure(execution.step(), execution.id(), error, execution.attempt());
    String reason = "step " + failure.step() + ": " + text(error) + story;
    end(Outcome.Status.FAILED, null, failure, reason, List.of());
  }

  /**
   * The rules or the records of this run's last input went wrong (law 18). The outcome carries no
   * state: that may be what no record could hold.
   */
  void brokenDown(ErrorInfo error) {
    end(Outcome.Status.FAILED, null, nobody(error), text(error), List.of(), Map.of());
  }

  private static Outcome.Failure nobody(ErrorInfo error) {
    return new Outcome.Failure("", "", error, 0);
  }

  private static String text(ErrorInfo error) {
    return error.type() + ": " + error.message();
  }

  private Outcome end(
      Outcome.Status status,
      @Nullable Event result,
      Outcome.@Nullable Failure failure,
      String reason,
      List<Outcome.BufferDiagnosis> buffers) {
    return end(status, result, failure, reason, buffers, state.pick(run.settings.outcomeKeys()));
  }

  private Outcome end(
      Outcome.Status status,
      @Nullable Event result,
      Outcome.@Nullable Failure failure,
      String reason,
      List<Outcome.BufferDiagnosis> buffers,
      Map<String, StateValue> picked) {
    String failed = failure == null ? "" : failure.executionId();
    Set<String> active = new TreeSet<>();
    Map<String, List<RunEffect.Unwanted>> byWorker = new TreeMap<>();
    for (OpenExecution execution : Leftovers.executions(run)) {
      if (Phases.holdsPlace(execution) && !execution.id().equals(failed)) {
        active.add(execution.step());
      }
      if (execution.worker() != null && !execution.id().equals(failed)) {
        byWorker
            .computeIfAbsent(execution.worker(), worker -> new ArrayList<>())
            .add(RunEffect.Unwanted.of(execution.token()));
      }
    }
    boolean freezes = status == Outcome.Status.FAILED && run.admitted;
    if (!freezes) {
      new Unhandled(run, facts).reportRest();
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
            picked);
    // Work for a run that ends in the same turn would be done in vain.
    run.turn.dropDispatches();
    run.answerStarts(new Answer.StartAccepted(false), outcome);
    run.turn.add(new RunEffect.EndRun(outcome));
    facts.terminal(outcome);
    byWorker.forEach(
        (worker, work) ->
            run.turn.add(
                new RunEffect.CancelWork(worker, run.turn.runId(), work, "run " + status)));
    RunState.@Nullable Running frozen = null;
    if (freezes) {
      frozen = Freezing.freeze(run);
    } else {
      Leftovers.remove(run);
    }
    run.setTimer(PURGE, run.turn.limits().runRetention());
    if (outcome.mayHaveStreamed()) {
      // A purge that comes first takes the stream with it.
      run.setTimer(EXPIRE_STREAM, run.turn.limits().streamRetention());
    }
    run.end(outcome, frozen);
    return outcome;
  }
}
