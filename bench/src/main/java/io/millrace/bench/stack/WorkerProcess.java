package io.millrace.bench.stack;

import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of workers.
 *
 * @param name of the process
 */
public record WorkerProcess(String name, List<Job> jobs) {
  public WorkerProcess {
    jobs = List.copyOf(jobs);
  }

  /**
   * A worker in it.
   *
   * @param step has a constructor without parameters
   */
  public record Job(String workflow, Class<?> step) {}

  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (Job job : jobs) {
      arguments.add(job.workflow());
      arguments.add(job.step().getName());
    }
    return arguments;
  }
}
