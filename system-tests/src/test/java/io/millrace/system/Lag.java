package io.millrace.system;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records of its topics a consumer group has not dealt with. */
final class Lag {
  private final Admin admin;

  Lag(Admin admin) {
    this.admin = admin;
  }

  /** By group, without those that have none. */
  Map<String, Long> ofGroups(String prefix) throws ExecutionException, InterruptedException {
    Map<String, Long> lags = new TreeMap<>();
    for (GroupListing group : admin.listGroups().all().get()) {
      if (group.groupId().startsWith(prefix)) {
        long lag = of(group.groupId());
        if (lag > 0) {
          lags.put(group.groupId(), lag);
        }
      }
    }
    return lags;
  }

  private long of(String group) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    var ends =
        admin
            .listOffsets(
                committed.keySet().stream()
                    .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
            .all()
            .get();
    return committed.entrySet().stream()
        .mapToLong(read -> end(ends, read.getKey()) - read.getValue().offset())
        .sum();
  }

  private static long end(Map<TopicPartition, ListOffsetsResultInfo> ends, TopicPartition of) {
    return Objects.requireNonNull(ends.get(of), "every partition asked for has an end").offset();
  }
}
