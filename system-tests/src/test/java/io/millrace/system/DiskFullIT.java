package io.millrace.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker with a small disk: it is full, and has room again. */
@OnStack
@Tag("full")
class DiskFullIT {
  @Test
  void F1_a_broker_that_ends_because_its_disk_is_full_goes_on_when_there_is_room_again(Stack stack)
      throws Exception {
    Member broker = stack.cluster().broker(Stack.BROKER_WITH_SMALL_DISK);
    stack.cluster().awaitInSync();
    stack.underLoad(
        load -> {
          stack.disk().fill();
          try {
            await("that the broker with the full disk ends")
                .atMost(Duration.ofMinutes(2))
                .until(() -> !Docker.isRunning(broker));
            Stack.awaitProgress(load, 10);
          } finally {
            stack.disk().clear();
            Docker.start(broker);
          }
          stack.cluster().awaitInSync();
          Stack.awaitProgress(load, 10);
        });
  }
}
