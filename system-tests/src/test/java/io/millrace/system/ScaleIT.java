package io.millrace.system;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies that come and go. */
@OnStack
@Tag("full")
class ScaleIT {
  @Test
  void F2_a_step_has_one_copy_then_eight_then_two(Stack stack) throws Exception {
    Fleet fleet = stack.fleet();
    stack.underLoad(
        load -> {
          fleet.scale(Service.WEIGH, 1);
          Stack.awaitProgress(load, 10);
          fleet.scale(Service.WEIGH, 8);
          Stack.awaitProgress(load, 20);
          fleet.scale(Service.WEIGH, 2);
          Stack.awaitProgress(load, 10);
        });
  }
}
