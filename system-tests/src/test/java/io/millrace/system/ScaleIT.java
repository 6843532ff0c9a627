package io.millrace.system;

import io.millrace.system.tally.Scale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies that come and go. */
@OnStack
@Tag("full")
class ScaleIT {
  /** Runs at a time: enough that each of eight copies has something to do. */
  private static final int RUNNERS = 12;

  @Test
  void F2_a_step_has_one_copy_then_eight_then_two(Stack stack) throws Exception {
    Fleet fleet = stack.fleet();
    stack.underLoad(
        RUNNERS,
        load -> {
          fleet.scale(Service.WEIGH, 1);
          Weighings one = Weighings.fromNow(stack);
          Stack.awaitProgress(load, 30);
          one.awaitOnly(Scale::host, fleet.hosts(Service.WEIGH));

          fleet.scale(Service.WEIGH, 8);
          Weighings.fromNow(stack).awaitAll(Scale::host, fleet.hosts(Service.WEIGH));

          fleet.scale(Service.WEIGH, 2);
          Weighings two = Weighings.fromNow(stack);
          Stack.awaitProgress(load, 30);
          two.awaitOnly(Scale::host, fleet.hosts(Service.WEIGH));
        });
  }
}
