package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunCancelledException;
import io.millrace.RunHandle;
import io.millrace.StreamedEvent;
import io.millrace.WorkflowClient;
import io.millrace.examples.progress.Grind;
import io.millrace.examples.progress.Main;
import io.millrace.examples.progress.Order;
import io.millrace.examples.progress.Pack;
import io.millrace.examples.progress.Packed;
import io.millrace.examples.progress.Working;
import java.time.Duration;
import java.util.ArrayList;
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
            assertThat(run.streamEvents().iterator().next().is(Working.class)).isTrue();
            Fault.PAUSE.happen(
                fleet.copies(GRIND).get(0),
                stack.cluster().network(),
                FROZEN_MILLIS,
                () -> {
                  assertThat(run.cancel()).isTrue();
                  assertThatThrownBy(() -> run.result(PATIENCE))
                      .isInstanceOf(RunCancelledException.class);
                });

            RunHandle<Packed> next = client.start(Main.WORKFLOW, new Order(1));
            assertThat(next.result(PATIENCE)).isEqualTo(new Packed(1));
            List<StreamedEvent> seen = new ArrayList<>();
            run.streamEvents().forEach(seen::add);
            assertThat(seen.get(seen.size() - 1).isTerminal()).isTrue();
            assertThatThrownBy(() -> run.result(PATIENCE))
                .isInstanceOf(RunCancelledException.class);
          });
    } finally {
      fleet.scale(List.of(GRIND, PACK), 0);
    }
  }
}
