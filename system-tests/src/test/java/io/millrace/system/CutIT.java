package io.millrace.system;

import io.millrace.WorkflowClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes that go on while nothing of what they send arrives. */
@OnStack
class CutIT {
  /** Longer than a worker's lease, its group's session and a coordinator's. */
  private static final long LONG_MILLIS = 12_000;

  @Test
  @Tag("smoke")
  @Tag("full")
  void F3_a_worker_that_was_cut_off_the_network_and_is_back_does_no_harm(Stack stack)
      throws Exception {
    stack.underLoad(
        load -> {
          try (WorkflowClient client = stack.client()) {
            HeldRun held = HeldRun.start(stack, client);
            Fault.CUT.happen(
                held.holder(), stack.cluster().network(), LONG_MILLIS, held::awaitDone);
            Stack.awaitProgress(load, 3);
            held.seal();
          }
        });
  }

  @Test
  @Tag("full")
  void F3_a_coordinator_that_was_cut_off_the_network_and_is_back_does_no_harm(Stack stack)
      throws Exception {
    stack.underLoad(load -> cut(load, stack, stack.fleet().coordinators().get(0)));
  }

  @Test
  @Tag("full")
  void F3_a_broker_that_was_cut_off_the_network_and_is_back_does_no_harm(Stack stack)
      throws Exception {
    stack.cluster().awaitInSync();
    stack.underLoad(load -> cut(load, stack, stack.cluster().broker(3)));
  }

  private static void cut(Load load, Stack stack, Member member) throws InterruptedException {
    // Others take over before it is back.
    Fault.CUT.happen(
        member, stack.cluster().network(), LONG_MILLIS, () -> Stack.awaitProgress(load, 3));
  }
}
