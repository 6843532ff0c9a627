package io.millrace.coordinator.history;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.Token;
import io.millrace.coordinator.history.RunHistory.End;
import io.millrace.coordinator.history.RunHistory.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * What an input that was not disregarded leaves in the history. Chunks and timers leave nothing by
 * themselves: what they lead to does.
 */
final class Tracing {
  private final RunReplay replay;
  private final Instant at;

  Tracing(RunReplay replay, Instant at) {
    this.replay = replay;
    this.at = at;
  }

  void trace(RunInput input) {
    if (input instanceof RunInput.StepStarted i) {
      out(i.token()).ifPresent(attempt -> attempt.adopted(i.worker(), at));
    } else if (input instanceof RunInput.StepCompleted i) {
      completed(i);
    } else if (input instanceof RunInput.StepFailed i) {
      failed(i);
    } else if (input instanceof RunInput.StepSuspended i) {
      suspended(i);
    } else if (input instanceof RunInput.CompletionChunk i) {
      replay.chunk(i.tryId(), i.effects());
    } else if (input instanceof RunInput.WorkerLost i) {
      out(i.token()).ifPresent(attempt -> attempt.ended(End.LOST, i.reason(), at));
    } else {
      fromOutside(input);
    }
  }

  private void fromOutside(RunInput input) {
    if (input instanceof RunInput.ExternalEvent i) {
      replay.moment(at, Kind.EVENT, i.event().type());
    } else if (input instanceof RunInput.RedriveRun) {
      replay.moment(at, Kind.REDRIVEN, "the run was redriven");
    }
  }

  private void completed(RunInput.StepCompleted input) {
    Entry.OpenExecution open = replay.open(input.token());
    out(input.token())
        .ifPresent(
            attempt -> {
              attempt.by(input.worker(), input.streamed());
              if (open == null) {
                attempt.did(replay.chunks(input.tryId()));
                attempt.did(input.effects());
                attempt.ended(End.COMPLETED, null, at);
              } else {
                attempt.ended(
                    End.INVOKED_AGAIN,
                    open.phase() == Entry.Phase.CONTENDING
                        ? "the state that it updates had changed"
                        : "it collected a complete set",
                    at);
              }
            });
  }

  private void failed(RunInput.StepFailed input) {
    out(input.token())
        .ifPresent(
            attempt -> {
              attempt.by(input.worker(), input.streamed());
              attempt.failed(input.error());
              attempt.ended(End.FAILED, null, at);
            });
  }

  private void suspended(RunInput.StepSuspended input) {
    out(input.token())
        .ifPresent(
            attempt -> {
              attempt.by(input.worker(), input.streamed());
              attempt.ended(End.SUSPENDED, "it waits for a " + input.eventType(), at);
            });
  }

  private Optional<AttemptTrace> out(Token token) {
    return replay.out(token);
  }
}
