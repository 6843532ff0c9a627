package io.millrace.bench.stack;

import io.millrace.StepWorker;
import io.millrace.WorkflowClient;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.Chain.Begin;
import io.millrace.bench.step.StepMain;
import io.millrace.config.MillraceConfig;
import io.millrace.local.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Uses, in one JVM, most of the classes that the JVMs of a benchmark use, and ends. */
public final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Rehearsal() {}

  public static void main(String[] args) {
    try (LocalStack stack = LocalStack.builder().start()) {
      MillraceConfig config = MillraceConfig.of(stack.config());
      List<StepWorker> workers = new ArrayList<>();
      for (Class<?> step : Chain.THREE.steps()) {
        StepWorker worker = StepWorker.of(Chain.THREE.workflow().name(), StepMain.create(step));
        workers.add(worker.configuredBy(config).start());
      }
      try (WorkflowClient client = WorkflowClient.create(config)) {
        client.start(Chain.THREE.workflow(), new Begin(0, Chain.CARGO)).result(PATIENCE);
      }
      workers.forEach(StepWorker::close);
    }
  }
}
