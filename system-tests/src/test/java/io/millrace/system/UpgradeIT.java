package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

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
          Stack.awaitProgress(load, 10);
          fleet.scale(Service.WEIGH, 1).scale(next, 2);
          Stack.awaitProgress(load, 10);
          fleet.scale(Service.WEIGH, 0);
          Stack.awaitProgress(load, 10);
        });
    assertThat(fleet.copies(Service.WEIGH)).isEmpty();
    // Back, as the other tests find it: an old version beside the new one is as good.
    stack.underLoad(load -> fleet.scale(Service.WEIGH, 2).scale(next, 0));
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
}
