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
  private static final Until REGISTERED = new Until(LIMIT, Duration.ofMillis(10));

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
    Set<String> wanted = new TreeSet<>();
    for (WorkerProcess process : started) {
      process.jobs().forEach(job -> wanted.addAll(steps(job)));
    }
    REGISTERED.await(
        () -> missing(wanted, client),
        Set::isEmpty,
        missing ->
            "steps did not register within %s: %s; see the logs, for instance %s"
                .formatted(LIMIT, missing, processes.log(names().get(0))));
  }

  private static Set<String> missing(Set<String> wanted, WorkflowClient client) {
    Set<String> missing = new TreeSet<>(wanted);
    for (WorkflowInfo workflow : client.workflows()) {
      workflow.steps().forEach(step -> missing.remove(id(workflow.name(), step.name())));
    }
    return missing;
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
