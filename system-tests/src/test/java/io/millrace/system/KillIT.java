package io.millrace.system;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9}, and a start with what was on disk. */
@OnStack
class KillIT {
  private static final long DEAD_MILLIS = 1_000;

  @Test
  @Tag("smoke")
  void F1_one_container_of_each_kind_is_killed_and_nothing_is_lost_or_done_twice(Stack stack)
      throws Exception {
    List<Member> victims =
        List.of(
            stack.fleet().copies(Service.WEIGH).get(0),
            stack.fleet().coordinators().get(0),
            stack.cluster().broker(1),
            stack.cluster().registry());
    stack.underLoad(load -> killInTurn(stack, victims, load));
  }

  @Test
  @Tag("full")
  void F1_every_container_is_killed_in_turn_and_nothing_is_lost_or_done_twice(Stack stack)
      throws Exception {
    stack.underLoad(load -> killInTurn(stack, stack.members(), load));
  }

  private static void killInTurn(Stack stack, List<Member> victims, Load load)
      throws InterruptedException {
    for (Member victim : victims) {
      if (victim.kind() == Member.Kind.BROKER) {
        stack.cluster().awaitInSync();
      }
      Fault.KILL.happen(victim, stack.cluster().network(), DEAD_MILLIS);
      Stack.awaitProgress(load, 3);
    }
    stack.awaitAllBack();
  }
}
