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

/** Worker processes that were started together; closing ends them. */
public final class Workers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_MILLIS = 10;

  private final Processes processes;
  private final List<WorkerProcess> started;

  Workers(Processes processes, List<WorkerProcess> started) {
    this.processes = processes;
    this.started = List.copyOf(started);
  }

  /** Of the processes. */
  public List<String> names() {
    return started.stream().map(WorkerProcess::name).toList();
  }

  void awaitRegistered(WorkflowClient client) throws InterruptedException {
    Set<String> missing = new TreeSet<>();
    for (WorkerProcess process : started) {
      process.jobs().forEach(job -> missing.addAll(steps(job)));
    }
    long began = System.nanoTime();
    while (true) {
      for (WorkflowInfo workflow : client.workflows()) {
        workflow.steps().forEach(step -> missing.remove(id(workflow.name(), step.name())));
      }
      if (missing.isEmpty()) {
        return;
      }
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new IllegalStateException(
            "steps did not register within %s: %s; see the logs, for instance %s"
                .formatted(LIMIT, missing, processes.log(names().get(0))));
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static List<String> steps(WorkerProcess.Job job) {
    return StepDefinitions.of(StepMain.create(job.step())).stream()
        .map(StepDefinition::name)
        .map(name -> id(job.workflow(), name))
        .toList();
  }

  private static String id(String workflow, String step) {
    return workflow + "/" + step;
  }

  @Override
  public void close() {
    processes.stop(names());
  }
}
