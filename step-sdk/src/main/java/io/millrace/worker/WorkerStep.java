package io.millrace.worker;

import io.millrace.protocol.StepRegistration;
import io.millrace.step.StepRunner;

/** A step of this process: what runs it and how it is announced. */
public record WorkerStep(StepRunner runner, StepRegistration registration) {
  String name() {
    return runner.definition().name();
  }

  int concurrency() {
    return runner.definition().concurrency();
  }
}
