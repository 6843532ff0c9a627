package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunEffect.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that are sent to the run from outside: once each (W7), and answers to its prompts. */
final class Outside {
  private final LiveRun run;
  private final Room room;
  private final Prompts prompts;
  private final Waiting waiting;
  private final Routing routing;

  Outside(LiveRun run, Room room, Prompts prompts, Waiting waiting, Routing routing) {
    this.run = run;
    this.room = room;
    this.prompts = prompts;
    this.waiting = waiting;
    this.routing = routing;
  }

  void take(RunInput.ExternalEvent input) {
    Event event = input.event();
    if (run.store.get(Keys.seen(event.id())) != null) {
      run.turn.reply(input.request(), new Answer.EventAccepted(true), null);
      run.turn.disregard(Reason.DUPLICATE, "event " + event.id() + " was taken before");
      return;
    }
    boolean isResponse = run.admitted && event.kind() == EventKind.HUMAN_RESPONSE;
    String prompt = isResponse && !isWaitersAlone(input) ? prompts.answered(event) : null;
    String cause = Ids.externalCause(run.settings.life(), event.id());
    Emission emission = new Emission(event, cause, input.toStep(), prompts.lineage(prompt));
    Answer.Refused refusal = refusal(emission);
    if (refusal != null) {
      run.turn.refuse(
          input.request(), refusal.code(), refusal.message(), null, Reason.NOT_APPLICABLE);
      return;
    }
    run.store.put(Keys.seen(event.id()), new Entry.SeenEvent(run.now()));
    run.seen++;
    if (!run.admitted) {
      routing.park(emission);
    } else if (event.inReplyTo() != null && isResponse && prompt == null) {
      routing.unhandled(event, "prompt " + event.inReplyTo() + " is unknown or has been answered");
    } else {
      if (prompt != null && !prompts.isWaiters(prompt)) {
        // A waiter's prompt is closed with its waiter, if the response is what that waits for.
        prompts.close(prompt);
      }
      routing.route(emission, "");
    }
    run.turn.reply(input.request(), new Answer.EventAccepted(false), outcome());
  }

  /** It names no prompt, and only who asked and waits for it takes it: all other prompts stay. */
  private boolean isWaitersAlone(RunInput.ExternalEvent input) {
    Event event = input.event();
    return event.inReplyTo() == null
        && run.prompts > 0
        && run.accepting(event, input.toStep()).isEmpty()
        && waiting.isAskedFor(event, input.toStep());
  }

  private Answer.@Nullable Refused refusal(Emission emission) {
    Event event = emission.event();
    String toStep = emission.toStep();
    String illegal = Names.eventType(event.type());
    if (illegal != null) {
      return new Answer.Refused(Answer.Code.MALFORMED_REQUEST, illegal);
    }
    if (toStep != null && run.admitted && !takes(toStep, event)) {
      return new Answer.Refused(
          Answer.Code.UNKNOWN_STEP,
          "workflow "
              + run.settings.workflow()
              + " has no step "
              + toStep
              + " that accepts or waits for "
              + event.type());
    }
    ErrorInfo problem = Bounds.eventSize(event, run.turn.limits());
    if (problem == null) {
      problem = room.problem(0, List.of(emission));
    }
    return problem == null
        ? null
        : new Answer.Refused(Answer.Code.LIMIT_EXCEEDED, problem.message());
  }

  private boolean takes(String step, Event event) {
    StepSpec spec = run.turn.graph().step(run.settings.workflow(), step);
    return !run.accepting(event, step).isEmpty()
        || (spec != null && spec.waitsFor().contains(event.type()));
  }

  private @Nullable Outcome outcome() {
    return run.store.state() instanceof RunState.Finished finished ? finished.outcome() : null;
  }
}
