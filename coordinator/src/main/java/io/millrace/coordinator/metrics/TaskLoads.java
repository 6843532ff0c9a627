package io.millrace.coordinator.metrics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * What the tasks of this process have said last; gauges add it up when they are read. Thread-safe.
 */
final class TaskLoads {
  private final Set<TaskMetrics> tasks = ConcurrentHashMap.newKeySet();

  void add(TaskMetrics task) {
    tasks.add(task);
  }

  void remove(TaskMetrics task) {
    tasks.remove(task);
  }

  int size() {
    return tasks.size();
  }

  double waiting(StepName step) {
    return steps(step, StepLoad::waiting);
  }

  double running(StepName step) {
    return steps(step, StepLoad::running);
  }

  private double steps(StepName step, ToIntFunction<StepLoad> what) {
    return tasks.stream().mapToInt(task -> what.applyAsInt(load(task, step))).sum();
  }

  double oldestSeconds(StepName step) {
    long since =
        tasks.stream()
            .mapToLong(task -> load(task, step).oldestMillis())
            .min()
            .orElse(Long.MAX_VALUE);
    long age = System.currentTimeMillis() - since;
    return since == Long.MAX_VALUE ? 0 : Math.max(0, age) / 1_000.0;
  }

  private static StepLoad load(TaskMetrics task, StepName step) {
    return task.steps().getOrDefault(step, StepLoad.NONE);
  }

  double open(String workflow) {
    return runs(workflow, RunCounts.Open::open);
  }

  double runsWaiting(String workflow) {
    return runs(workflow, RunCounts.Open::waiting);
  }

  private double runs(String workflow, ToIntFunction<RunCounts.Open> what) {
    return tasks.stream()
        .map(TaskMetrics::runs)
        .map((Map<String, RunCounts.Open> runs) -> runs.getOrDefault(workflow, RunCounts.Open.NONE))
        .mapToInt(what)
        .sum();
  }
}
