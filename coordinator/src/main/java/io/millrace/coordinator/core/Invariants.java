package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunState.Absent;
import io.millrace.coordinator.core.RunState.Finished;
import io.millrace.coordinator.core.RunState.Running;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold, and what must not, after every transition. Always on; costs nothing that grows
 * with the run.
 */
final class Invariants {
  private Invariants() {}

  static void check(RunState before, RunInput input, RunState after, List<RunEffect> effects) {
    if (after instanceof Running running) {
      counters(running);
      order(before, running);
    }
    if (before instanceof Finished finished && !(after instanceof Absent)) {
      boolean redriven = input instanceof RunInput.RedriveRun && next(finished, after);
      require(redriven || after.equals(finished), "an ended run was changed", after);
    }
    long ends = effects.stream().filter(RunEffect.EndRun.class::isInstance).count();
    boolean ended = after instanceof Finished && !(before instanceof Finished);
    require(ends == (ended ? 1 : 0), "outcomes and ends differ: " + ends, after);
    boolean dispatched = effects.stream().anyMatch(RunEffect.Dispatch.class::isInstance);
    require(!dispatched || after instanceof Running, "work was sent for a run that is over", after);
    answered(input, after, effects);
  }

  /** Whether the run goes on, in the epoch after the one that ended. */
  private static boolean next(Finished end, RunState after) {
    return after instanceof Running running
        && end.outcome().status() == Outcome.Status.FAILED
        && running.epoch() == end.outcome().epoch() + 1
        && running.nextSequence() >= end.nextSequence()
        && !running.lastAt().isBefore(end.lastAt());
  }

  private static void counters(Running head) {
    require(
        head.suspended() >= 0
            && head.open() >= head.suspended()
            && head.parked() >= 0
            && head.prompts() >= 0
            && head.chunks() >= 0
            && head.buffered() >= 0
            && head.contending() >= 0
            && head.fanOuts() >= 0
            && head.stateBytes() >= 0,
        "a counter is wrong",
        head);
    require(
        head.fanOuts() == 0 || head.open() + head.parked() + head.prompts() + head.early() > 0,
        "a fan-out is open with nothing in it",
        head);
    int loads = 0;
    for (RunState.Load load : head.loads().values()) {
      require(load.held() >= 0 && load.queued() >= 0, "a load is negative", head);
      loads += load.held() + load.queued();
    }
    require(loads == head.open() - head.suspended(), "loads and open executions differ", head);
    require(head.contending() == 0 || head.updating() != null, "nobody's turn to update", head);
    require(head.admitted() || head.open() == 0, "a run works before it is admitted", head);
    require(!head.admitted() || head.pendingStarts().isEmpty(), "a start is unanswered", head);
    require(head.open() > head.suspended() || head.quietSince() != null, "not quiet", head);
    require(
        head.parked() == 0 || head.graceDue() != null, "nobody will look at what is parked", head);
  }

  private static void order(RunState before, Running after) {
    if (before instanceof Running old) {
      require(!after.lastAt().isBefore(old.lastAt()), "time went back", after);
      require(after.nextSequence() >= old.nextSequence(), "sequence went back", after);
      require(after.settings().equals(old.settings()), "settings were changed", after);
      require(after.epoch() == old.epoch(), "an epoch ended without an outcome", after);
    }
  }

  /** Whoever asked is answered, or will be with the verdict (law 9). */
  private static void answered(RunInput input, RunState after, List<RunEffect> effects) {
    Request request = request(input);
    if (request == null) {
      return;
    }
    boolean told =
        effects.stream()
            .anyMatch(e -> e instanceof RunEffect.Reply reply && reply.request().equals(request));
    boolean later = after instanceof Running running && running.pendingStarts().contains(request);
    require(told || later, "request " + request + " is left without an answer", after);
  }

  private static @Nullable Request request(RunInput input) {
    if (input instanceof RunInput.StartRun start) {
      return start.request();
    } else if (input instanceof RunInput.ExternalEvent external) {
      return external.request();
    } else if (input instanceof RunInput.CancelRun cancel) {
      return cancel.request();
    } else if (input instanceof RunInput.InspectRun inspect) {
      return inspect.request();
    } else if (input instanceof RunInput.RedriveRun redrive) {
      return redrive.request();
    }
    return null;
  }

  private static void require(boolean holds, String what, RunState state) {
    if (!holds) {
      throw new IllegalStateException("invariant broken: " + what + "; " + state);
    }
  }
}
