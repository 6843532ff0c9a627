package io.millrace.cli;

import io.millrace.UnknownRunException;
import io.millrace.WorkflowClient;
import io.millrace.WorkflowInfo;
import io.millrace.config.MillraceConfig;
import io.millrace.examples.ExampleCatalog.Example;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until a stack that was started takes requests, and until an example's steps are there. */
final class Readiness {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  /** No id that this system makes, so nobody's run. */
  private static final String NOBODYS = "millrace-is-it-up";

  private Readiness() {}

  /** The settings of a client that waits for everything to come up. */
  static MillraceConfig patient(Map<String, String> config) {
    String limit = String.valueOf(LIMIT.toMillis());
    return MillraceConfig.of(config)
        .with(Map.of("millrace.request.timeout.ms", limit, "millrace.workflow.wait.ms", limit));
  }

  /**
   * Returns when the coordinator answers: it is asked for a run that nobody has started.
   *
   * @param client a {@link #patient} one
   * @throws io.millrace.RequestTimeoutException if it does not answer in time
   */
  static void awaitCoordinator(WorkflowClient client, Progress progress) {
    long began = System.nanoTime();
    progress.during("  waiting for the coordinator to take inputs", () -> answers(client));
    progress.up("coordinator", "takes inputs", Duration.ofNanos(System.nanoTime() - began));
  }

  private static boolean answers(WorkflowClient client) {
    try {
      client.attachUntyped(NOBODYS);
      return true;
    } catch (UnknownRunException e) {
      return true; // an answer is all that is wanted
    }
  }

  /**
   * @throws NotReadyException if a step has not registered in time
   */
  static void await(WorkflowClient client, Example example, Progress progress) {
    long began = System.nanoTime();
    long told = began;
    Set<String> missing = missing(client, example);
    while (!missing.isEmpty()) {
      long now = System.nanoTime();
      if (now - began > LIMIT.toNanos()) {
        throw NotReadyException.steps(example.workflow().name(), missing, LIMIT);
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
