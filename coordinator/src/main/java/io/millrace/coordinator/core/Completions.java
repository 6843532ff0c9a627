package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunEffect.InternalKind;
import io.millrace.coordinator.core.RunEffect.Reason;
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
      buffers.reserve(execution, firing);
      dispatching.reinvoke(execution);
      return;
    }
    if (state.conflict(effects) != null) {
      updates.lost(execution);
      return;
    }
    // Asked before anything is applied: what fails here stays whole for a redrive (S3, law 16).
    problem = state.problem(effects);
    if (problem == null) {
      problem = routing.noRoom(effects);
    }
    if (problem != null) {
      ending.failed(execution, problem);
      return;
    }
    apply(execution, effects);
  }

  private void apply(OpenExecution execution, List<StepEffect> effects) {
    buffers.noteUntaken(execution, effects);
    buffers.offerAll(execution, effects);
    dispatching.close(execution);
    facts.ordinary(InternalKind.STEP_COMPLETED, execution);
    int emission = 0;
    for (StepEffect effect : effects) {
      state.apply(effect);
      if (effect instanceof StepEffect.Emit emit) {
        String cause = Ids.emittedCause(execution.id(), emission++);
        routing.route(emitted(emit.event(), cause), cause, emit.toStep(), execution.step());
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

  /** The worker's id is not trusted to be unique; ours derives from the cause. */
  private static Event emitted(Event event, String id) {
    return new Event(
        id, event.type(), event.kind(), event.value(), event.inReplyTo(), event.fields());
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
