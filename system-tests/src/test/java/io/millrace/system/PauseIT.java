package io.millrace.system;

import io.millrace.WorkflowClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes that stop in the middle of what they do, and go on when others have taken over. */
@OnStack
class PauseIT {
  /** Longer than a worker's lease, its group's session and a coordinator's. */
  private static final long LONG_MILLIS = 12_000;

  @Test
  @Tag("smoke")
  @Tag("full")
  void F3_a_worker_that_sleeps_past_its_lease_and_wakes_up_does_no_harm(Stack stack)
      throws Exception {
    stack.underLoad(
        load -> {
          try (WorkflowClient client = stack.client()) {
            HeldRun held = HeldRun.start(stack, client);
            Fault.PAUSE.happen(
                held.holder(), stack.cluster().network(), LONG_MILLIS, held::awaitDone);
            Stack.awaitProgress(load, 3);
            held.seal();
          }
        });
  }

  @Test
  @Tag("full")
  void F3_a_coordinator_that_sleeps_while_another_takes_over_does_no_harm(Stack stack)
      throws Exception {
    stack.underLoad(load -> pause(load, stack, stack.fleet().coordinators().get(1)));
  }

  @Test
  @Tag("full")
  void F3_a_broker_that_sleeps_while_others_lead_does_no_harm(Stack stack) throws Exception {
    stack.cluster().awaitInSync();
    stack.underLoad(load -> pause(load, stack, stack.cluster().broker(2)));
  }

  private static void pause(Load load, Stack stack, Member member) throws InterruptedException {
    // Others take over before it is back.
    Fault.PAUSE.happen(
        member, stack.cluster().network(), LONG_MILLIS, () -> Stack.awaitProgress(load, 3));
  }
}
