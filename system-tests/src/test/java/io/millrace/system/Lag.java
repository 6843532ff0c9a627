package io.millrace.system;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How many records of its topics a group has not dealt with, whether it shares them or not. */
final class Lag {
  private final Admin admin;

  Lag(Admin admin) {
    this.admin = admin;
  }

  /**
   * By group, without those that have none.
   *
   * @param required groups that must be there, and what they must have read; others by the topics
   *     that they have begun
   */
  Map<String, Long> ofGroups(String prefix, Map<String, Set<String>> required)
      throws ExecutionException, InterruptedException {
    Set<String> groups = new HashSet<>(required.keySet());
    Set<String> sharing = new HashSet<>();
    for (GroupListing group : admin.listGroups().all().get()) {
      if (group.groupId().startsWith(prefix)) {
        groups.add(group.groupId());
        group
            .type()
            .filter(GroupType.SHARE::equals)
            .ifPresent(share -> sharing.add(group.groupId()));
      }
    }
    Map<String, Long> lags = new TreeMap<>();
    for (String group : groups) {
      Set<String> topics = required.getOrDefault(group, Set.of());
      long lag = sharing.contains(group) ? ofSharing(group, topics) : ofReading(group, topics);
      if (lag > 0) {
        lags.put(group, lag);
      }
    }
    return lags;
  }

  private long ofReading(String group, Set<String> required)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> read = committed(group);
    return of(read, ends(topics(required, read.keySet())));
  }

  private long ofSharing(String group, Set<String> required)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, SharePartitionOffsetInfo> begun =
        admin
            .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
            .partitionsToOffsetInfo(group)
            .get();
    return ends(topics(required, begun.keySet())).entrySet().stream()
        .mapToLong(end -> ofShared(begun.get(end.getKey()), end.getValue()))
        .sum();
  }

  /**
   * What is not acknowledged. That begins after the start offset: this one is told as it was before
   * the last acknowledgement.
   *
   * @param begun null if the group has not begun the partition
   */
  static long ofShared(@Nullable SharePartitionOffsetInfo begun, long end) {
    return begun == null ? end : begun.lag().orElse(end - begun.startOffset());
  }

  private static Set<String> topics(Set<String> required, Set<TopicPartition> begun) {
    Set<String> topics = new HashSet<>(required);
    begun.forEach(partition -> topics.add(partition.topic()));
    return topics;
  }

  /** What is beyond where the group has read to; all of a partition that it has not begun. */
  static long of(Map<TopicPartition, Long> read, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> end.getValue() - read.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  private Map<TopicPartition, Long> committed(String group)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> read = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> committed :
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet()) {
      // Null for a partition that it has and has not read of.
      if (committed.getValue() != null) {
        read.put(committed.getKey(), committed.getValue().offset());
      }
    }
    return read;
  }

  private Map<TopicPartition, Long> ends(Set<String> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get()
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(
                        partition ->
                            wanted.put(
                                new TopicPartition(topic, partition.partition()),
                                OffsetSpec.latest())));
    return admin.listOffsets(wanted).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }
}
