package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.RunCancelledException;
import io.millrace.RunHandle;
import io.millrace.WorkflowClient;
import io.millrace.examples.progress.Grind;
import io.millrace.examples.progress.Main;
import io.millrace.examples.progress.Order;
import io.millrace.examples.progress.Pack;
import io.millrace.examples.progress.Packed;
import io.millrace.examples.progress.Working;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.OutcomeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run is cancelled while the worker that works for it cannot hear of it. */
@OnStack
@Tag("full")
class CancelIT {
  /** With one slot, which is free when the work in it is given up. */
  private static final Service GRIND =
      new Service("grind", List.of(Grind.class.getName()), Map.of("MILLRACE_CONCURRENCY", "1"));

  private static final Service PACK = Service.of("pack", Pack.class);

  /** Longer than the patience. */
  private static final Order LONG = new Order(1_000);

  private static final long FROZEN_MILLIS = 8_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void R7_a_run_that_is_cancelled_while_its_worker_is_frozen_stays_so_when_it_wakes_up(Stack stack)
      throws Exception {
    Fleet fleet = stack.fleet().scale(List.of(GRIND, PACK), 1);
    try (WorkflowClient client = stack.client()) {
      stack.underLoad(
          load -> {
            RunHandle<Packed> run = client.start(Main.WORKFLOW, LONG);
            String topic =
                new Namespace(Namespace.DEFAULT).stream(Main.WORKFLOW.name(), run.runId());
            stack.remember(
                new OtherRun(Main.WORKFLOW.name(), run.runId(), OutcomeStatus.CANCELLED));
            assertThat(run.streamEvents().iterator().next().is(Working.class)).isTrue();
            Member grinder = fleet.copies(GRIND).get(0);
            Fault.PAUSE.happen(
                grinder,
                stack.cluster().network(),
                FROZEN_MILLIS,
                () -> {
                  assertThat(run.cancel()).isTrue();
                  assertThatThrownBy(() -> run.result(PATIENCE))
                      .isInstanceOf(RunCancelledException.class);
                  await("that its stream is deleted")
                      .atMost(PATIENCE)
                      .until(() -> !stack.cluster().topics().contains(topic));
                });

            // The same process has given up what it did, and takes the next.
            RunHandle<Packed> next = client.start(Main.WORKFLOW, new Order(1));
            stack.remember(
                new OtherRun(Main.WORKFLOW.name(), next.runId(), OutcomeStatus.COMPLETED));
            assertThat(next.result(PATIENCE)).isEqualTo(new Packed(1));
            assertThat(Docker.restarts(grinder)).isZero();
            assertThat(stack.cluster().topics()).doesNotContain(topic);
            assertThatThrownBy(() -> run.result(PATIENCE))
                .isInstanceOf(RunCancelledException.class);
          });
    } finally {
      fleet.scale(List.of(GRIND, PACK), 0);
    }
  }
}
