package io.millrace.coordinator.metrics;

import io.micrometer.core.instrument.Counter;
import io.millrace.coordinator.core.RunInput;

/** One counter for each kind of input: a new kind does not compile without one. */
final class InputMeters implements RunInput.Cases<Counter> {
  private final Counter start;
  private final Counter started;
  private final Counter completed;
  private final Counter failed;
  private final Counter suspended;
  private final Counter chunk;
  private final Counter external;
  private final Counter cancel;
  private final Counter inspect;
  private final Counter timer;
  private final Counter lost;
  private final Counter dispatchFailed;
  private final Counter redrive;

  InputMeters(Meters meters) {
    start = counter(meters, "start");
    started = counter(meters, "started");
    completed = counter(meters, "completed");
    failed = counter(meters, "failed");
    suspended = counter(meters, "suspended");
    chunk = counter(meters, "chunk");
    external = counter(meters, "external");
    cancel = counter(meters, "cancel");
    inspect = counter(meters, "inspect");
    timer = counter(meters, "timer");
    lost = counter(meters, "lost");
    dispatchFailed = counter(meters, "dispatch_failed");
    redrive = counter(meters, "redrive");
  }

  private static Counter counter(Meters meters, String kind) {
    return meters.counter(
        "millrace.inputs", "Inputs of the run log that were applied", "kind", kind);
  }

  @Override
  public Counter start(RunInput.StartRun input) {
    return start;
  }

  @Override
  public Counter started(RunInput.StepStarted input) {
    return started;
  }

  @Override
  public Counter completed(RunInput.StepCompleted input) {
    return completed;
  }

  @Override
  public Counter failed(RunInput.StepFailed input) {
    return failed;
  }

  @Override
  public Counter suspended(RunInput.StepSuspended input) {
    return suspended;
  }

  @Override
  public Counter chunk(RunInput.CompletionChunk input) {
    return chunk;
  }

  @Override
  public Counter external(RunInput.ExternalEvent input) {
    return external;
  }

  @Override
  public Counter cancel(RunInput.CancelRun input) {
    return cancel;
  }

  @Override
  public Counter inspect(RunInput.InspectRun input) {
    return inspect;
  }

  @Override
  public Counter timer(RunInput.TimerFired input) {
    return timer;
  }

  @Override
  public Counter lost(RunInput.WorkerLost input) {
    return lost;
  }

  @Override
  public Counter dispatchFailed(RunInput.DispatchFailed input) {
    return dispatchFailed;
  }

  @Override
  public Counter redrive(RunInput.RedriveRun input) {
    return redrive;
  }
}
