package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.RunHandle;
import io.millrace.WorkflowClient;
import io.millrace.system.tally.Clerk;
import io.millrace.system.tally.Count;
import io.millrace.system.tally.Sealed;
import io.millrace.system.tally.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client is killed while it waits for its run. */
@OnStack
@Tag("full")
class ClientKilledIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SACKS = 6;

  @Test
  void F1_W2_a_run_whose_client_is_killed_is_answered_and_read_by_another_process(Stack stack)
      throws Exception {
    Run run = new Run("of-a-clerk", new Count(SACKS, 1, false));
    Service clerk = clerk(run);
    stack.underLoad(
        load -> {
          stack.remember(run);
          Member killed = stack.fleet().scale(clerk, 1).copies(clerk).get(0);
          try (WorkflowClient client = stack.client()) {
            RunHandle<Tally> attached = client.attach(Load.TALLY, run.id());
            await("that the run waits for its seal")
                .atMost(PATIENCE)
                .until(() -> !attached.inspect().waiters().isEmpty());
            Docker.kill(killed);

            attached.sendEvent(new Sealed(run.id()));
            assertThat(attached.result(PATIENCE)).isEqualTo(run.expected());
            assertThat(Docker.isRunning(killed)).as("the client that was killed").isFalse();
          } finally {
            stack.fleet().scale(clerk, 0);
          }
        });
  }

  private static Service clerk(Run run) {
    Count count = run.count();
    List<String> arguments =
        new ArrayList<>(
            List.of(run.id(), Integer.toString(count.sacks()), Integer.toString(count.seed())));
    arguments.addAll(List.of(Load.OUTCOME_KEYS));
    return Service.of("clerk", Clerk.class, arguments.toArray(String[]::new));
  }
}
