package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunEffect.Reason;
import org.jspecify.annotations.Nullable;

/** Events that are sent to the run from outside: once each (W7), and answers to its prompts. */
final class Outside {
  private final LiveRun run;
  private final Prompts prompts;
  private final Routing routing;

  Outside(LiveRun run, Prompts prompts, Routing routing) {
    this.run = run;
    this.prompts = prompts;
    this.routing = routing;
  }

  void take(RunInput.ExternalEvent input) {
    Event event = input.event();
    if (run.store.get(Keys.seen(event.id())) != null) {
      run.turn.reply(input.request(), new Answer.EventAccepted(true), null);
      run.turn.disregard(Reason.DUPLICATE, "event " + event.id() + " was taken before");
      return;
    }
    Answer.Refused refusal = refusal(event, input.toStep());
    if (refusal != null) {
      run.turn.refuse(
          input.request(), refusal.code(), refusal.message(), null, Reason.NOT_APPLICABLE);
      return;
    }
    run.store.put(Keys.seen(event.id()), new Entry.SeenEvent(run.now()));
    run.seen++;
    String cause = Ids.externalCause(run.settings.life(), event.id());
    if (!run.admitted) {
      routing.park(event, cause, input.toStep());
    } else if (event.kind() == EventKind.HUMAN_RESPONSE && !closesPrompt(event)) {
      routing.unhandled(event, "prompt " + event.inReplyTo() + " is unknown or has been answered");
    } else {
      routing.route(event, cause, input.toStep(), "");
    }
    run.turn.reply(input.request(), new Answer.EventAccepted(false), outcome());
  }

  /** False: it answers a question that nobody asks any more. */
  private boolean closesPrompt(Event response) {
    if (response.inReplyTo() != null) {
      // A waiter's prompt is closed with its waiter, if the response is what that waits for.
      return prompts.isWaiters(response.inReplyTo()) || prompts.close(response.inReplyTo());
    }
    prompts.closeOldest();
    return true;
  }

  private Answer.@Nullable Refused refusal(Event event, @Nullable String toStep) {
    String illegal = Names.eventType(event.type());
    if (illegal != null) {
      return new Answer.Refused(Answer.Code.MALFORMED_REQUEST, illegal);
    }
    ErrorInfo tooBig = Bounds.eventSize(event, run.turn.limits());
    if (tooBig != null) {
      return new Answer.Refused(Answer.Code.LIMIT_EXCEEDED, tooBig.message());
    }
    if (toStep != null && run.admitted) {
      StepSpec step = run.turn.graph().step(run.settings.workflow(), toStep);
      boolean takes =
          step != null
              && (step.accepts().containsKey(event.type())
                  || step.waitsFor().contains(event.type()));
      if (!takes) {
        return new Answer.Refused(
            Answer.Code.UNKNOWN_STEP,
            "workflow "
                + run.settings.workflow()
                + " has no step "
                + toStep
                + " that accepts or waits for "
                + event.type());
      }
    }
    ErrorInfo noRoom = routing.noRoom(event, toStep);
    return noRoom == null ? null : new Answer.Refused(Answer.Code.LIMIT_EXCEEDED, noRoom.message());
  }

  private @Nullable Outcome outcome() {
    return run.store.state() instanceof RunState.Finished finished ? finished.outcome() : null;
  }
}
