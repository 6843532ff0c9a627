package io.millrace.coordinator.core;

import java.util.List;
import java.util.Map;

/** One input of each kind that a worker or a timer sends, for runs that do not expect it. */
final class Inputs {
  static final Token TOKEN = new Token("0123456789abcdef0123456789abcdef", 1, 0, 42);
  static final ErrorInfo ERROR = new ErrorInfo("Boom", "it broke", "");

  private Inputs() {}

  static RunInput.StepStarted started() {
    return new RunInput.StepStarted(TOKEN, "w", "w-1");
  }

  static List<RunInput> unexpected() {
    return List.of(
        new RunInput.StepCompleted(TOKEN, "w", "w-1", 0, 0, List.of(), 0),
        new RunInput.StepFailed(TOKEN, "w", "w-1", RunInput.FailureKind.EXCEPTION, ERROR, true, 0),
        new RunInput.StepSuspended(TOKEN, "w", "w-1", "w0", "Reply", Map.of(), null, null, 0),
        new RunInput.CompletionChunk(TOKEN, "w-1", 0, List.of(), Bytes.EMPTY),
        new RunInput.WorkerLost(TOKEN, 1, null, "silent"),
        new RunInput.DispatchFailed(TOKEN, 1, ERROR),
        new RunInput.TimerFired("run-timeout", 99));
  }
}
