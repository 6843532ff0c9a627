package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.RunEffect.InternalKind;
import io.millrace.coordinator.core.RunEffect.Reason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The run is going: it waits for its executions to end, for timers, and for the outside.
 *
 * <pre>
 * input               when                              what happens
 * start               same workflow and event           StartAccepted(existing), or told with the verdict
 *                     another                           refused: RUN_ID_TAKEN
 * step started        current token                     RUNNING at that worker
 *                     not open                          disregarded, and its worker is told to stop
 * step completed      current token                     effects apply, execution closes
 *                       a collect completes a set       set reserved, invoked again with it
 *                       an update lost its race         dropped whole; joins the run's update queue,
 *                                                       whose head alone is invoked again
 *                       it returns a list             a fan-out opens, its members in it
 *                       in a fan-out, for its join    waits there; enough for it: the join opens
 *                       a join's set by parameters    the join opens with it
 *                       a stop event                    Finished: COMPLETED
 *                       chunks missing                  sent again, counts as lost
 * step failed         may be retried                    RETRYING until its timer
 *                     may not, but is caught            closes; its failure's handler opens
 *                     may not                           dead letter, Finished: FAILED, all frozen
 * step suspended      current token                     SUSPENDED until its event or timeout
 * completion chunk    current token                     kept for the final completion of its try
 * external event      new                               routed like an emitted one; EventAccepted
 *                     seen                              EventAccepted(duplicate)
 * cancel                                                Finished: CANCELLED
 * inspect                                               snapshot
 * timer fired         current generation                retry, wait timeout, run timeout, grace verdict
 * worker lost         current token and dispatch        the same dispatch again; too often: as failed
 * dispatch failed     current token and dispatch        RETRYING; too often: as failed
 * redrive                                               refused: NOT_REDRIVABLE
 * any of a worker     token not current                 disregarded
 * any, at its end     a fan-out has nothing left in it  its joins open around it, and it closes
 * </pre>
 */
final class RunningRules implements RunInput.Cases<List<RunEffect>> {
  private final LiveRun run;
  private final Turn turn;
  private final StateCells state;
  private final Facts facts;
  private final Chunks chunks;
  private final Failures failures;
  private final Waiting waiting;
  private final FanOuts fanOuts;
  private final Room room;
  private final Joins joins;
  private final Routing routing;
  private final Outside outside;
  private final UpdateQueue updates;
  private final Completions completions;
  private final Redriving redriving;
  private final Grace grace;
  private final Ending ending;

  RunningRules(LiveRun run) {
    this.run = run;
    this.turn = run.turn;
    this.state = new StateCells(run);
    this.facts = new Facts(run);
    this.chunks = new Chunks(run);
    this.ending = new Ending(run, state, facts);
    this.fanOuts = new FanOuts(run);
    HeldEvents held = new HeldEvents(run, fanOuts);
    Dispatching dispatching = new Dispatching(run, state, fanOuts);
    Prompts prompts = new Prompts(run, fanOuts, facts);
    this.room = new Room(run);
    this.joins = new Joins(run, fanOuts, held, dispatching);
    this.failures = new Failures(run, dispatching, chunks, ending, facts);
    this.waiting = new Waiting(run, dispatching, prompts, failures, chunks);
    this.routing =
        new Routing(run, fanOuts, room, dispatching, joins, prompts, waiting, ending, facts);
    this.outside = new Outside(run, room, prompts, waiting, routing);
    this.updates = new UpdateQueue(run, dispatching);
    this.completions =
        new Completions(
            run,
            chunks,
            new Buffers(run, fanOuts, held, dispatching, facts),
            state,
            fanOuts,
            room,
            dispatching,
            updates,
            routing,
            failures,
            ending,
            facts);
    this.redriving = new Redriving(run, dispatching);
    this.grace = new Grace(run, routing, ending);
  }

  /** The first transition of a run, on behalf of {@link AbsentRules}. */
  List<RunEffect> begin(RunInput.StartRun input, String cause) {
    state.begin(input.state());
    RunTimeout.begin(run);
    Emission start = new Emission(input.event(), cause, null, Lineage.ROOT);
    run.awaitVerdict(input.request());
    if (Admission.of(turn.graph(), input.workflow(), input.event()) == Admission.Verdict.WELCOME) {
      run.admitted = true;
      run.answerStarts(new Answer.StartAccepted(false), null);
      ErrorInfo problem = room.problem(0, List.of(start));
      if (problem != null) {
        ending.failed(problem);
      } else {
        routing.route(start, "");
      }
    } else {
      routing.park(start);
    }
    return done();
  }

  /** The first transition of a new epoch, on behalf of {@link FinishedRules} (law 16). */
  List<RunEffect> reopen(RunInput.RedriveRun input, Set<String> failed) {
    fanOuts.resume();
    int sent = redriving.redrive(failed);
    turn.reply(input.request(), new Answer.RedriveAccepted(run.epoch, sent), null);
    return done();
  }

  @Override
  public List<RunEffect> start(RunInput.StartRun input) {
    String difference = SameStart.difference(run.settings, input);
    if (difference != null) {
      turn.refuse(
          input.request(), Answer.Code.RUN_ID_TAKEN, difference, null, Reason.NOT_APPLICABLE);
      return done();
    }
    if (!run.admitted) {
      run.awaitVerdict(input.request());
    } else {
      turn.reply(input.request(), new Answer.StartAccepted(true), null);
    }
    if (input.request() == null) {
      turn.disregard(Reason.DUPLICATE, "the run is going");
    }
    return done();
  }

  @Override
  public List<RunEffect> started(RunInput.StepStarted input) {
    String id = input.token().executionId();
    if (run.execution(id) == null) {
      turn.unwanted(input, Reason.UNKNOWN_EXECUTION, id + " is not open");
      return done();
    }
    OpenExecution execution = run.current(input.token());
    if (execution == null) {
      return done();
    }
    if (execution.phase() == Phase.RUNNING && input.worker().equals(execution.worker())) {
      turn.disregard(Reason.DUPLICATE, id + " is adopted by this worker");
      return done();
    }
    if (execution.phase() == Phase.RETRYING) {
      // The dispatch that seemed to have failed got through after all.
      run.dropTimer(Failures.RETRY + id);
    }
    // The newest adopter is the one to watch: an older one may be dead. Whoever ends first wins.
    OpenExecution adopted = Phases.adopted(execution, input.worker(), run.now());
    run.put(adopted);
    facts.ordinary(InternalKind.STEP_STARTED, adopted);
    return done();
  }

  @Override
  public List<RunEffect> completed(RunInput.StepCompleted input) {
    completions.completed(input);
    return done();
  }

  @Override
  public List<RunEffect> failed(RunInput.StepFailed input) {
    failures.failed(input);
    return done();
  }

  @Override
  public List<RunEffect> suspended(RunInput.StepSuspended input) {
    OpenExecution waiter = waiting.suspend(input);
    if (waiter != null) {
      routing.offerEarly(waiter, input.eventType());
      completions.makeRoom(waiter.step());
    }
    return done();
  }

  @Override
  public List<RunEffect> chunk(RunInput.CompletionChunk input) {
    chunks.store(input);
    return done();
  }

  @Override
  public List<RunEffect> external(RunInput.ExternalEvent input) {
    outside.take(input);
    return done();
  }

  @Override
  public List<RunEffect> cancel(RunInput.CancelRun input) {
    Outcome outcome = ending.cancelled(input.reason());
    turn.reply(input.request(), new Answer.CancelAccepted(false), outcome);
    return done();
  }

  @Override
  public List<RunEffect> inspect(RunInput.InspectRun input) {
    turn.reply(input.request(), Inspecting.running(run), null);
    return done();
  }

  @Override
  public List<RunEffect> timer(RunInput.TimerFired input) {
    String id = input.timerId();
    Entry.Timer timer = run.store.get(Keys.timer(id));
    if (timer == null || timer.generation() != input.generation()) {
      turn.disregard(Reason.STALE_TIMER, id + " of generation " + input.generation());
      return done();
    }
    run.notBefore(timer.due());
    String retried = suffix(id, Failures.RETRY);
    String waited = suffix(id, Waiting.WAIT);
    if (id.equals(Grace.GRACE)) {
      grace.due();
    } else if (id.equals(RunTimeout.RUN_TIMEOUT)) {
      ending.timedOut();
    } else if (retried != null) {
      failures.retryDue(retried);
    } else if (waited != null) {
      waiting.timedOut(waited);
    } else {
      throw new IllegalStateException("nobody sets a timer " + id);
    }
    return done();
  }

  private static @Nullable String suffix(String id, String prefix) {
    return id.startsWith(prefix) ? id.substring(prefix.length()) : null;
  }

  @Override
  public List<RunEffect> lost(RunInput.WorkerLost input) {
    failures.lost(input);
    return done();
  }

  @Override
  public List<RunEffect> dispatchFailed(RunInput.DispatchFailed input) {
    failures.dispatchFailed(input);
    return done();
  }

  @Override
  public List<RunEffect> redrive(RunInput.RedriveRun input) {
    turn.refuse(
        input.request(),
        Answer.Code.NOT_REDRIVABLE,
        "the run has not failed, it is going in epoch " + run.epoch,
        null,
        Reason.NOT_APPLICABLE);
    return done();
  }

  /** Every input ends here, also one that is disregarded: the graph may have changed meanwhile. */
  private List<RunEffect> done() {
    if (!run.over()) {
      joins.settle();
      updates.advance();
      RunTimeout.arrange(run);
      grace.arrange();
      run.save();
    }
    return turn.effects();
  }
}
