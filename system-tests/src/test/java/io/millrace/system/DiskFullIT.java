package io.millrace.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A broker whose disk is full. Its disk is a small one in memory, which another container holds
 * too, so that it outlives the broker.
 */
@Tag("full")
class DiskFullIT {
  private static final int DISK_MEGABYTES = 300;

  @Test
  void F1_a_broker_that_ends_because_its_disk_is_full_goes_on_when_there_is_room_again()
      throws Exception {
    try (SmallDisk disk = SmallDisk.of(DISK_MEGABYTES);
        Cluster cluster = Cluster.start(3, disk.forBroker(1));
        Fleet fleet = new Fleet(cluster).coordinators(2).scale(Service.TALLY, 1)) {
      Member broker = cluster.broker(1);
      Queue<Run> runs = new ConcurrentLinkedQueue<>();
      try (Load load = Load.begin(cluster, "full", 4, runs)) {
        Stack.awaitProgress(load, 5);

        disk.fill();
        await("that the broker with the full disk ends")
            .atMost(Duration.ofMinutes(2))
            .until(() -> !Docker.isRunning(broker));
        Stack.awaitProgress(load, 20);

        disk.clear();
        Docker.start(broker);
        cluster.awaitInSync();
        Stack.awaitProgress(load, 20);
      }
      new Auditor(cluster).audit(runs);
    }
  }
}
