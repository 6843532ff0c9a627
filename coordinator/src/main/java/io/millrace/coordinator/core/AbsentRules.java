package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunEffect.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is known of the run: it waits for its start.
 *
 * <pre>
 * input                                  answer
 * start, workflow known                  Running; start event dispatched; StartAccepted
 * start, workflow not known (yet)        Running, not admitted; verdict within limits.grace
 * start, wrong type, malformed, too big  refused; stays absent
 * external event, cancel, redrive        refused: UNKNOWN_RUN
 * inspect                                snapshot with status UNKNOWN
 * step started                           disregarded, and its worker is told to stop
 * anything else                          disregarded: UNKNOWN_RUN
 * </pre>
 */
final class AbsentRules implements RunInput.Cases<List<RunEffect>> {
  private final Turn turn;

  AbsentRules(Turn turn) {
    this.turn = turn;
  }

  @Override
  public List<RunEffect> start(RunInput.StartRun input) {
    Answer.Refused refusal = refusal(input);
    if (refusal != null) {
      return turn.refuse(
          input.request(), refusal.code(), refusal.message(), null, Reason.NOT_APPLICABLE);
    }
    String life = Ids.life(turn.runId(), turn.arrival().offset());
    LiveRun run =
        LiveRun.begin(
            turn,
            new Entry.RunSettings(
                input.workflow(),
                life,
                Ids.startDigest(input.event()),
                turn.arrival().at(),
                input.timeout(),
                input.pauseTimeoutWhileWaiting(),
                input.internalEvents(),
                List.copyOf(input.outcomeKeys())));
    RunningRules rules = new RunningRules(run);
    return rules.begin(input, Ids.rootCause(life, input.workflow()));
  }

  private Answer.@Nullable Refused refusal(RunInput.StartRun input) {
    Event event = input.event();
    if (event.kind() != EventKind.START) {
      return malformed("a run starts with a START event, " + event.type() + " is " + event.kind());
    }
    String illegal = illegalName(input);
    if (illegal != null) {
      return malformed(illegal);
    }
    Duration timeout = input.timeout();
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      return malformed("the run's timeout must be positive, not " + timeout);
    }
    Limits limits = turn.limits();
    ErrorInfo tooBig = Bounds.eventSize(event, limits);
    long state = StateCells.size(input.state());
    if (tooBig == null && state > limits.maxStateBytes()) {
      tooBig = Bounds.exceeded("maxStateBytes", state, limits.maxStateBytes());
    }
    if (tooBig != null) {
      return new Answer.Refused(Answer.Code.LIMIT_EXCEEDED, tooBig.message());
    }
    return Admission.of(turn.graph(), input.workflow(), event) == Admission.Verdict.WRONG_TYPE
        ? Admission.wrongType(turn.graph(), input.workflow(), event)
        : null;
  }

  private @Nullable String illegalName(RunInput.StartRun input) {
    String illegal = Names.runId(turn.runId());
    illegal = illegal == null ? Names.workflow(input.workflow()) : illegal;
    return illegal == null ? Names.eventType(input.event().type()) : illegal;
  }

  private static Answer.Refused malformed(String message) {
    return new Answer.Refused(Answer.Code.MALFORMED_REQUEST, message);
  }

  @Override
  public List<RunEffect> started(RunInput.StepStarted input) {
    return turn.unwanted(input, Reason.UNKNOWN_RUN, unknown());
  }

  @Override
  public List<RunEffect> completed(RunInput.StepCompleted input) {
    return turn.disregard(Reason.UNKNOWN_RUN, unknown());
  }

  @Override
  public List<RunEffect> failed(RunInput.StepFailed input) {
    return turn.disregard(Reason.UNKNOWN_RUN, unknown());
  }

  @Override
  public List<RunEffect> suspended(RunInput.StepSuspended input) {
    return turn.disregard(Reason.UNKNOWN_RUN, unknown());
  }

  @Override
  public List<RunEffect> chunk(RunInput.CompletionChunk input) {
    return turn.disregard(Reason.UNKNOWN_RUN, unknown());
  }

  @Override
  public List<RunEffect> external(RunInput.ExternalEvent input) {
    return refuse(input.request());
  }

  @Override
  public List<RunEffect> cancel(RunInput.CancelRun input) {
    return refuse(input.request());
  }

  @Override
  public List<RunEffect> inspect(RunInput.InspectRun input) {
    turn.reply(input.request(), Inspecting.unknown(turn.arrival().at()), null);
    return turn.effects();
  }

  @Override
  public List<RunEffect> timer(RunInput.TimerFired input) {
    return turn.disregard(Reason.UNKNOWN_RUN, unknown());
  }

  @Override
  public List<RunEffect> lost(RunInput.WorkerLost input) {
    return turn.disregard(Reason.UNKNOWN_RUN, unknown());
  }

  @Override
  public List<RunEffect> dispatchFailed(RunInput.DispatchFailed input) {
    return turn.disregard(Reason.UNKNOWN_RUN, unknown());
  }

  @Override
  public List<RunEffect> redrive(RunInput.RedriveRun input) {
    return refuse(input.request());
  }

  private List<RunEffect> refuse(@Nullable Request request) {
    return turn.refuse(request, Answer.Code.UNKNOWN_RUN, unknown(), null, Reason.UNKNOWN_RUN);
  }

  private String unknown() {
    return "no run " + turn.runId() + " is known: it never started, or its retention has passed";
  }
}
