package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.RunHandle;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.system.poison.Cup;
import io.millrace.system.poison.Drink;
import io.millrace.system.poison.Drunk;
import io.millrace.system.poison.TakeAway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An event that ends every process that takes it. */
@OnStack
@Tag("full")
class PoisonIT {
  private static final Workflow<Cup, Drunk> WORKFLOW =
      Workflow.of("poison", Cup.class, Drunk.class);

  /** With a lease that is longer than the group's session, as by default. */
  private static final Service DRINK =
      new Service("drink", List.of(Drink.class.getName()), Map.of("MILLRACE_LEASE_MS", "10000"));

  private static final Service TAKE_AWAY = Service.of("take-away", TakeAway.class);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static Drunk drink(Cup cup, Stack stack, WorkflowClient client) {
    RunHandle<Drunk> run = client.start(WORKFLOW, cup);
    stack.remember(new OtherRun(WORKFLOW.name(), run.runId(), OutcomeStatus.COMPLETED));
    return run.result(PATIENCE);
  }

  @Test
  void E3_a_step_that_ends_its_process_is_stopped_and_the_step_works_on(Stack stack)
      throws Exception {
    Fleet fleet = stack.fleet().scale(List.of(DRINK, TAKE_AWAY), 1);
    try (WorkflowClient client = stack.client()) {
      stack.underLoad(
          load -> {
            Member drinker = fleet.copies(DRINK).get(0);
            assertThat(drink(new Cup(true), stack, client).error()).isEqualTo("WorkerLost");
            int restarts = Docker.restarts(drinker);
            // Of each worker that is lost a second may be, that gets its record before it is known.
            assertThat(restarts).isBetween(Drink.MAX_LOST, 2 * Drink.MAX_LOST);

            assertThat(drink(new Cup(false), stack, client)).isEqualTo(new Drunk(""));
            assertThat(Docker.restarts(drinker)).isEqualTo(restarts);
          });
    } finally {
      fleet.scale(List.of(DRINK, TAKE_AWAY), 0);
    }
  }
}
