package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.system.poison.Cup;
import io.millrace.system.poison.Drink;
import io.millrace.system.poison.Drunk;
import io.millrace.system.poison.TakeAway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An event that ends every process that takes it. */
@OnStack
@Tag("full")
class PoisonIT {
  private static final Workflow<Cup, Drunk> WORKFLOW =
      Workflow.of("poison", Cup.class, Drunk.class);
  private static final Service DRINK = Service.of("drink", Drink.class);
  private static final Service TAKE_AWAY = Service.of("take-away", TakeAway.class);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void E3_a_step_that_ends_its_process_is_stopped_and_the_step_works_on(Stack stack)
      throws Exception {
    Fleet fleet = stack.fleet().scale(List.of(DRINK, TAKE_AWAY), 1);
    try (WorkflowClient client = stack.client()) {
      stack.underLoad(
          load -> {
            Member drinker = fleet.copies(DRINK).get(0);
            Drunk poisoned = client.start(WORKFLOW, new Cup(true)).result(PATIENCE);
            assertThat(poisoned.error()).isEqualTo("WorkerLost");
            assertThat(Docker.restarts(drinker)).isEqualTo(Drink.MAX_LOST);

            Drunk sound = client.start(WORKFLOW, new Cup(false)).result(PATIENCE);
            assertThat(sound).isEqualTo(new Drunk(""));
            assertThat(Docker.restarts(drinker)).isEqualTo(Drink.MAX_LOST);
          });
    } finally {
      fleet.scale(List.of(DRINK, TAKE_AWAY), 0);
    }
  }
}
