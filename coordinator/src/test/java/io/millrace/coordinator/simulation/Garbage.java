package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.Token;
import java.util.List;
import java.util.Map;

/** One input of each kind that nobody with a right to it would have sent (F5). */
final class Garbage {
  private static final Token TOKEN = new Token("0123456789abcdef0123456789abcdef", 1, 0, 42);
  private static final ErrorInfo ERROR = new ErrorInfo("Boom", "it broke", "");

  private Garbage() {}

  static List<RunInput> all() {
    return List.of(
        new RunInput.StepStarted(TOKEN, "w", "w-1"),
        new RunInput.StepCompleted(TOKEN, "w", "w-1", 0, 0, List.of(), 0),
        new RunInput.StepFailed(TOKEN, "w", "w-1", RunInput.FailureKind.EXCEPTION, ERROR, true, 0),
        new RunInput.StepSuspended(TOKEN, "w", "w-1", "w0", "Reply", Map.of(), null, null, 0),
        new RunInput.CompletionChunk(TOKEN, "w-1", 0, List.of(), Bytes.EMPTY),
        new RunInput.WorkerLost(TOKEN, 1, null, "silent"),
        new RunInput.DispatchFailed(TOKEN, 1, ERROR),
        new RunInput.TimerFired("run-timeout", 99));
  }
}
