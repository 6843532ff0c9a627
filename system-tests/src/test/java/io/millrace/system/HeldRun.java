package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.RunHandle;
import io.millrace.RunInspection;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.system.tally.Count;
import io.millrace.system.tally.Scale;
import io.millrace.system.tally.Sealed;
import io.millrace.system.tally.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A run of {@code tally} whose only sack is weighed for seconds by a copy that is known, so that
 * something can happen to that copy while the work is its. The run stays open until it is sealed.
 */
final class HeldRun {
  /** Time to find out who has it, and to do something to it; shorter than a fault lasts. */
  private static final long HEAVY_MILLIS = 6_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AtomicInteger MADE = new AtomicInteger();

  private final Run run;
  private final RunHandle<Tally> handle;
  private final RunInspection.Execution held;
  private final Member holder;

  private HeldRun(Run run, RunHandle<Tally> handle, RunInspection.Execution held, Member holder) {
    this.run = run;
    this.handle = handle;
    this.held = held;
    this.holder = holder;
  }

  /** Returns when a copy of the scale has the sack. */
  static HeldRun start(Stack stack, WorkflowClient client) {
    return start(stack, client, Load.TALLY, Service.WEIGH);
  }

  /** As {@link #start(Stack, WorkflowClient)}, of a workflow whose scale is in this service. */
  static HeldRun start(
      Stack stack, WorkflowClient client, Workflow<Count, Tally> workflow, Service scale) {
    int number = MADE.incrementAndGet();
    Run run = new Run(workflow, "held-" + number, new Count(1, number, false, HEAVY_MILLIS));
    stack.remember(run);
    RunHandle<Tally> handle = run.start(client);
    RunInspection.Execution held =
        await("that somebody weighs the sack of " + run.id())
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> adopted(handle), Optional::isPresent)
            .orElseThrow();
    String worker = held.worker().orElseThrow();
    Member holder =
        stack.fleet().copies(scale).stream()
            .filter(copy -> worker.startsWith(copy.name() + "-"))
            .findAny()
            .orElseThrow(() -> new AssertionError("no copy here is " + worker));
    return new HeldRun(run, handle, held, holder);
  }

  private static Optional<RunInspection.Execution> adopted(RunHandle<Tally> handle) {
    return handle.inspect().executions().stream()
        .filter(each -> each.step().equals("weigh") && each.worker().isPresent())
        .findAny();
  }

  /** Who weighs. */
  Member holder() {
    return holder;
  }

  /** Returns when the work has ended that the holder had. */
  void awaitDone() {
    await("that the work of " + holder + " is done by another")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                handle.inspect().executions().stream()
                    .noneMatch(each -> each.executionId().equals(held.executionId())));
  }

  /**
   * Ends the run.
   *
   * @throws AssertionError if the result is wrong, or the holder's effects are in it
   */
  void seal() {
    handle.sendEvent(new Sealed(run.id()));
    assertThat(handle.result(PATIENCE)).isEqualTo(run.expected());
    List<Scale> scales =
        handle.inspect().outcome().orElseThrow().state().list("scales", Scale.class);
    assertThat(scales)
        .as("who weighed, after it was taken from " + holder)
        .singleElement()
        .satisfies(scale -> assertThat(scale.host()).isNotEqualTo(holder.name()));
  }
}
