package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.Token;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One input and its effects in a line that people can read. */
final class Story {
  private Story() {}

  static String line(String runId, long offset, RunInput input, List<RunEffect> effects) {
    Token token = token(input);
    String about =
        input instanceof RunInput.TimerFired timer
            ? " " + timer.timerId() + " " + timer.generation()
            : token == null ? "" : " " + name(token);
    return runId
        + " @"
        + offset
        + " "
        + input.getClass().getSimpleName()
        + about
        + " -> "
        + effects.stream().map(Story::of).collect(Collectors.joining(", "));
  }

  private static String of(RunEffect effect) {
    if (effect instanceof RunEffect.Dispatch dispatch) {
      return dispatch.targets().stream()
          .map(target -> "dispatch to " + target.step() + " " + name(target.token()))
          .collect(Collectors.joining(", "));
    } else if (effect instanceof RunEffect.Disregard disregard) {
      return "disregard " + disregard.reason();
    } else if (effect instanceof RunEffect.EndRun end) {
      return "end " + end.outcome().status() + " " + end.outcome().reason();
    } else if (effect instanceof RunEffect.Reply reply) {
      return "reply " + reply.answer().getClass().getSimpleName();
    } else if (effect instanceof RunEffect.Publish publish) {
      return "publish " + publish.fact().getClass().getSimpleName();
    }
    return effect.getClass().getSimpleName();
  }

  private static String name(Token token) {
    return token.executionId().substring(0, 6) + "/" + token.attempt() + "." + token.round();
  }

  private static @Nullable Token token(RunInput input) {
    if (input instanceof RunInput.StepCompleted completed) {
      return completed.token();
    } else if (input instanceof RunInput.StepFailed failed) {
      return failed.token();
    } else if (input instanceof RunInput.StepStarted started) {
      return started.token();
    } else if (input instanceof RunInput.StepSuspended suspended) {
      return suspended.token();
    } else if (input instanceof RunInput.CompletionChunk chunk) {
      return chunk.token();
    } else if (input instanceof RunInput.WorkerLost lost) {
      return lost.token();
    }
    return input instanceof RunInput.DispatchFailed failed ? failed.token() : null;
  }
}
