package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.WorkflowClient;
import io.millrace.system.tally.Mill;
import io.millrace.system.tally.Scale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steps that take their work from share groups: more copies than their topics have partitions. */
@OnStack
@Tag("full")
class ShareIT {
  private static final int COPIES = 3;
  private static final String SACKS = "millrace.tally-shared.Sack";
  private static final String WEIGHERS = "millrace.tally-shared.weigh";

  private static final Service MILL =
      new Service(
          "mill",
          List.of(Mill.class.getName(), Load.SHARED.name()),
          Map.of("MILLRACE_TASK_SOURCE", "share", "MILLRACE_EVENT_PARTITIONS", "1"));

  /** Longer than a worker's lease and the lock of a record. */
  private static final long LONG_MILLIS = 20_000;

  private static final long DEAD_MILLIS = 1_000;

  @Test
  void F1_F2_F3_copies_that_share_a_partition_come_are_killed_frozen_and_go(Stack stack)
      throws Exception {
    Fleet fleet = stack.fleet().scale(MILL, 1);
    try (WorkflowClient client = stack.client()) {
      stack.underLoad(
          Load.SHARED,
          load -> {
            fleet.scale(MILL, COPIES);
            Weighings.fromNow(stack, Load.SHARED).awaitAll(Scale::host, fleet.hosts(MILL));
            assertThatOnePartitionIsShared(stack);
            suffer(Fault.KILL, DEAD_MILLIS, stack, client);
            suffer(Fault.PAUSE, LONG_MILLIS, stack, client);
            Stack.awaitProgress(load, 10);
            fleet.scale(MILL, 1);
          });
    } finally {
      fleet.scale(MILL, 0);
    }
  }

  /** It happens to the copy that holds work, and another does that. */
  private static void suffer(Fault fault, long millis, Stack stack, WorkflowClient client)
      throws InterruptedException {
    HeldRun held = HeldRun.start(stack, client, Load.SHARED, MILL);
    fault.happen(held.holder(), stack.cluster().network(), millis, held::awaitDone);
    held.seal();
  }

  private static void assertThatOnePartitionIsShared(Stack stack) throws Exception {
    try (Admin admin = stack.cluster().admin()) {
      assertThat(admin.describeTopics(List.of(SACKS)).allTopicNames().get().values())
          .singleElement()
          .satisfies(topic -> assertThat(topic.partitions()).hasSize(1));
      assertThat(admin.listGroups().all().get())
          .filteredOn(group -> group.groupId().equals(WEIGHERS))
          .extracting(GroupListing::type)
          .containsExactly(Optional.of(GroupType.SHARE));
    }
  }
}
