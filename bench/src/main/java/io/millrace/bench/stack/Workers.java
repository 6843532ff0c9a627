package io.millrace.bench.stack;

import io.millrace.WorkflowClient;
import io.millrace.WorkflowInfo;
import io.millrace.bench.step.StepMain;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepDefinitions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The worker processes of one workflow; closing ends them. */
public final class Workers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_MILLIS = 10;

  private final Processes processes;
  private final List<String> names;

  Workers(Processes processes, List<String> names) {
    this.processes = processes;
    this.names = List.copyOf(names);
  }

  /** Of the processes. */
  public List<String> names() {
    return names;
  }

  void awaitRegistered(WorkflowClient client, String workflow, List<Class<?>> steps)
      throws InterruptedException {
    Set<String> missing = new TreeSet<>();
    steps.forEach(step -> missing.addAll(stepNames(step)));
    long began = System.nanoTime();
    while (true) {
      client.workflows().stream()
          .filter(known -> known.name().equals(workflow))
          .flatMap(known -> known.steps().stream())
          .map(WorkflowInfo.StepInfo::name)
          .forEach(missing::remove);
      if (missing.isEmpty()) {
        return;
      }
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        close();
        throw new IllegalStateException(
            "steps of %s did not register within %s: %s; see their logs, for instance %s"
                .formatted(workflow, LIMIT, missing, processes.log(names.get(0))));
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static List<String> stepNames(Class<?> step) {
    return StepDefinitions.of(StepMain.create(step)).stream().map(StepDefinition::name).toList();
  }

  @Override
  public void close() {
    processes.stop(names);
  }
}
