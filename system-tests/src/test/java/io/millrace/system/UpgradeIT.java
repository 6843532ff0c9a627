package io.millrace.system;

import io.millrace.system.tally.Scale;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** New versions while runs go on. */
@OnStack
@Tag("full")
class UpgradeIT {
  @Test
  void S10_F2_a_new_version_of_a_step_takes_over_while_both_are_there(Stack stack)
      throws Exception {
    Fleet fleet = stack.fleet();
    Service next = Service.newWeigh();
    stack.underLoad(
        load -> {
          fleet.scale(next, 1);
          Weighings.fromNow(stack).awaitAll(Scale::version, Set.of("old", "new"));
          fleet.scale(Service.WEIGH, 1).scale(next, 2);
          Weighings.fromNow(stack).awaitAll(Scale::version, Set.of("old", "new"));
          fleet.scale(Service.WEIGH, 0);
          Weighings alone = Weighings.fromNow(stack);
          Stack.awaitProgress(load, 10);
          alone.awaitOnly(Scale::version, Set.of("new"));

          // Back, as the other tests find it: an old version beside the new one is as good.
          fleet.scale(Service.WEIGH, 2).scale(next, 0);
        });
  }

  @Test
  void F2_coordinators_are_replaced_one_by_one(Stack stack) throws Exception {
    stack.underLoad(
        load -> {
          for (Member coordinator : stack.fleet().coordinators()) {
            stack.fleet().replace(coordinator);
            Stack.awaitProgress(load, 10);
          }
        });
  }

  @Test
  void F2_coordinators_that_end_in_order_one_by_one_go_on_with_what_they_kept(Stack stack)
      throws Exception {
    stack.underLoad(
        load -> {
          for (Member coordinator : stack.fleet().coordinators()) {
            stack.fleet().stop(coordinator);
            Stack.awaitProgress(load, 10);
            Docker.start(coordinator);
            Stack.awaitHealthy(coordinator, Duration.ofMinutes(2));
          }
          Stack.awaitProgress(load, 10);
        });
  }
}
