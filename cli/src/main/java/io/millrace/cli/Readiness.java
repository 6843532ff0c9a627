package io.millrace.cli;

import io.millrace.WorkflowClient;
import io.millrace.WorkflowInfo;
import io.millrace.examples.ExampleCatalog.Example;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until every step of an example has registered. */
final class Readiness {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private Readiness() {}

  static void await(WorkflowClient client, Example example, Progress progress) {
    long began = System.nanoTime();
    long told = began;
    Set<String> missing = missing(client, example);
    while (!missing.isEmpty()) {
      long now = System.nanoTime();
      if (now - began > LIMIT.toNanos()) {
        throw new NotReadyException(example.workflow().name(), missing, LIMIT);
      }
      if (now - told > TELL_EVERY.toNanos()) {
        progress.line("  waiting for steps to register: " + String.join(", ", missing));
        told = now;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      missing = missing(client, example);
    }
    progress.up(
        "all steps registered",
        "workflow " + example.workflow().name(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private static Set<String> missing(WorkflowClient client, Example example) {
    String name = example.workflow().name();
    Set<String> missing = new TreeSet<>();
    example.steps().forEach(step -> missing.add(step.name()));
    client.workflows().stream()
        .filter(workflow -> workflow.name().equals(name))
        .flatMap(workflow -> workflow.steps().stream())
        .map(WorkflowInfo.StepInfo::name)
        .forEach(missing::remove);
    return missing;
  }
}
