package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunEffect.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The run has ended: it waits for late callers, for a redrive if it failed (law 16), and for the
 * end of its retention (R9). Nothing changes its outcome.
 *
 * <pre>
 * input                          answer, always with the outcome
 * start, the same                StartAccepted(existing)
 * start, another                 refused: RUN_ID_TAKEN
 * external event                 refused: RUN_FINISHED
 * cancel                         CancelAccepted(finished)
 * inspect                        snapshot
 * redrive, run failed            Running in the next epoch; RedriveAccepted
 * redrive, anything else         refused: NOT_REDRIVABLE, and why
 * timer expire-stream            the stream's topic is to be deleted
 * timer purge                    Absent: no trace is left
 * step started                   disregarded, and its worker is told to stop
 * anything else                  disregarded: RUN_FINISHED
 * </pre>
 */
final class FinishedRules implements RunInput.Cases<List<RunEffect>> {
  private final Turn turn;
  private final RunState.Finished head;

  FinishedRules(Turn turn, RunState.Finished head) {
    this.turn = turn;
    this.head = head;
  }

  @Override
  public List<RunEffect> start(RunInput.StartRun input) {
    String difference = SameStart.difference(head.settings(), input);
    if (difference != null) {
      return turn.refuse(
          input.request(),
          Answer.Code.RUN_ID_TAKEN,
          difference,
          head.outcome(),
          Reason.RUN_FINISHED);
    }
    if (input.request() == null) {
      return late();
    }
    turn.reply(input.request(), new Answer.StartAccepted(true), head.outcome());
    return turn.effects();
  }

  @Override
  public List<RunEffect> started(RunInput.StepStarted input) {
    return turn.unwanted(input, Reason.RUN_FINISHED, ended());
  }

  @Override
  public List<RunEffect> completed(RunInput.StepCompleted input) {
    return late();
  }

  @Override
  public List<RunEffect> failed(RunInput.StepFailed input) {
    return late();
  }

  @Override
  public List<RunEffect> suspended(RunInput.StepSuspended input) {
    return late();
  }

  @Override
  public List<RunEffect> chunk(RunInput.CompletionChunk input) {
    return late();
  }

  @Override
  public List<RunEffect> external(RunInput.ExternalEvent input) {
    return refuse(input.request(), Answer.Code.RUN_FINISHED, ended());
  }

  @Override
  public List<RunEffect> cancel(RunInput.CancelRun input) {
    if (input.request() == null) {
      return late();
    }
    turn.reply(input.request(), new Answer.CancelAccepted(true), head.outcome());
    return turn.effects();
  }

  @Override
  public List<RunEffect> inspect(RunInput.InspectRun input) {
    turn.reply(input.request(), Inspecting.finished(turn.store(), head), head.outcome());
    return turn.effects();
  }

  @Override
  public List<RunEffect> timer(RunInput.TimerFired input) {
    String id = input.timerId();
    Entry.Timer timer = turn.store().get(Keys.timer(id));
    if (timer == null || timer.generation() != input.generation()) {
      return turn.disregard(Reason.STALE_TIMER, id + " of generation " + input.generation());
    }
    boolean streamKept = turn.store().get(Keys.timer(Ending.EXPIRE_STREAM)) != null;
    if (streamKept) {
      expireStream(timer.due());
    }
    if (id.equals(Ending.PURGE)) {
      Leftovers.purge(turn.store());
      turn.store().state(new RunState.Absent());
    }
    return turn.effects();
  }

  private void expireStream(Instant due) {
    turn.store().remove(Keys.timer(Ending.EXPIRE_STREAM));
    Outcome outcome = head.outcome();
    Instant now = turn.timeSince(head.lastAt());
    turn.add(
        new RunEffect.Publish(
            turn.runId(),
            outcome.workflow(),
            outcome.epoch(),
            "expire/" + outcome.epoch(),
            now.isBefore(due) ? due : now,
            new RunEffect.Fact.ExpireStream(),
            false));
  }

  @Override
  public List<RunEffect> lost(RunInput.WorkerLost input) {
    return late();
  }

  @Override
  public List<RunEffect> dispatchFailed(RunInput.DispatchFailed input) {
    return late();
  }

  @Override
  public List<RunEffect> redrive(RunInput.RedriveRun input) {
    String named = input.executionId();
    String failed = failed();
    RunState.Running frozen = head.frozen();
    if (frozen == null) {
      String why =
          head.outcome().status() == Outcome.Status.FAILED
              ? "before its workflow was known, so there is nothing to go on from"
              : "and only a run that FAILED can be redriven";
      String message = ended() + ", " + why + "; start a new run";
      return refuse(input.request(), Answer.Code.NOT_REDRIVABLE, message);
    }
    if (named != null && turn.store().get(Keys.execution(named)) == null) {
      String other = failed.isEmpty() ? "" : "; it failed at execution " + failed;
      String message = ended() + ", and execution " + named + " was not open then" + other;
      return refuse(input.request(), Answer.Code.NOT_REDRIVABLE, message);
    }
    RunningRules rules = new RunningRules(LiveRun.reopen(turn, head, frozen));
    Set<String> fresh = new TreeSet<>(List.of(failed));
    if (named != null) {
      fresh.add(named);
    }
    return rules.reopen(input, fresh);
  }

  /** The execution that the run failed at, or empty. */
  private String failed() {
    Outcome.Failure failure = head.outcome().failure();
    return failure == null ? "" : failure.executionId();
  }

  private List<RunEffect> refuse(@Nullable Request request, Answer.Code code, String message) {
    return turn.refuse(request, code, message, head.outcome(), Reason.RUN_FINISHED);
  }

  private List<RunEffect> late() {
    return turn.disregard(Reason.RUN_FINISHED, ended());
  }

  private String ended() {
    return "the run ended as " + head.outcome().status() + " at " + head.outcome().endedAt();
  }
}
