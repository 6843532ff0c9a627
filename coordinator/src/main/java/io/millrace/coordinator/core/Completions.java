package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunEffect.InternalKind;
import io.millrace.coordinator.core.RunEffect.Reason;
import java.util.Iterator;
import java.util.List;

/**
 * A try has ended well. Its effects apply all together or not at all (S3), in program order (S4),
 * and the first try to say so wins, whoever ran it.
 */
final class Completions {
  private final LiveRun run;
  private final Chunks chunks;
  private final Buffers buffers;
  private final StateCells state;
  private final FanOuts fanOuts;
  private final Room room;
  private final Dispatching dispatching;
  private final UpdateQueue updates;
  private final Routing routing;
  private final Failures failures;
  private final Ending ending;
  private final Facts facts;

  Completions(
      LiveRun run,
      Chunks chunks,
      Buffers buffers,
      StateCells state,
      FanOuts fanOuts,
      Room room,
      Dispatching dispatching,
      UpdateQueue updates,
      Routing routing,
      Failures failures,
      Ending ending,
      Facts facts) {
    this.run = run;
    this.chunks = chunks;
    this.buffers = buffers;
    this.state = state;
    this.fanOuts = fanOuts;
    this.room = room;
    this.dispatching = dispatching;
    this.updates = updates;
    this.routing = routing;
    this.failures = failures;
    this.ending = ending;
    this.facts = facts;
  }

  void completed(RunInput.StepCompleted input) {
    OpenExecution execution = run.current(input.token());
    if (execution == null) {
      return;
    }
    List<StepEffect> all = chunks.assemble(execution, input);
    if (all == null) {
      String detail = "not all " + input.chunkCount() + " chunks of try " + input.tryId() + " came";
      run.turn.disregard(Reason.CHUNK_MISMATCH, detail);
      if (chunks.refuse(execution, input.tryId())) {
        // Its worker believes that it is done: without another try the run would hang.
        failures.loseTry(execution, detail);
      }
      return;
    }
    if (failures.streamedTooMuch(execution, input.streamed())) {
      return;
    }
    chunks.drop(execution);
    ErrorInfo problem = Bounds.problem(all, run.turn.limits());
    if (problem != null) {
      ending.failed(execution, problem);
      return;
    }
    List<StepEffect> effects = upToStop(all);
    StepEffect.Collect firing = buffers.firing(execution, effects);
    if (firing != null) {
      dispatching.reinvoke(buffers.reserve(execution, firing));
      return;
    }
    if (state.conflicts(effects)) {
      updates.lost(execution);
      return;
    }
    // Asked before anything is applied: what fails here stays whole for a redrive (S3, law 16).
    Branches branches = Branches.of(execution, effects);
    problem = state.problem(effects);
    if (problem == null) {
      problem = room.problem(1, branches.emissions());
    }
    if (problem != null) {
      ending.failed(execution, problem);
      return;
    }
    apply(execution, effects, branches);
  }

  private void apply(OpenExecution execution, List<StepEffect> effects, Branches branches) {
    buffers.noteUntaken(execution, effects);
    buffers.offerAll(execution, effects);
    dispatching.close(execution);
    facts.ordinary(InternalKind.STEP_COMPLETED, execution);
    if (!branches.fanOut().isEmpty()) {
      fanOuts.open(branches.fanOut(), execution.step(), branches.parent());
    }
    Iterator<Emission> emissions = branches.emissions().iterator();
    for (StepEffect effect : effects) {
      state.apply(effect);
      if (effect instanceof StepEffect.Emit) {
        routing.route(emissions.next(), execution.step());
        if (run.over()) {
          return;
        }
      }
    }
    makeRoom(execution.step());
  }

  /** A place of the step may have become free. */
  void makeRoom(String step) {
    dispatching.drain(step);
  }

  /** What an attempt did after it had ended the run does not count. */
  private static List<StepEffect> upToStop(List<StepEffect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i) instanceof StepEffect.Emit emit && emit.event().kind() == EventKind.STOP) {
        return effects.subList(0, i + 1);
      }
    }
    return effects;
  }
}
