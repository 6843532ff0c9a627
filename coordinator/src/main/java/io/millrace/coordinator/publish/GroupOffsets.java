package io.millrace.coordinator.publish;

import static io.millrace.coordinator.publish.Cluster.get;

import io.millrace.protocol.TaskSourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * How far a step's group has dealt with its topics, whichever kind of group it is. Asks as {@link
 * Cluster} does. Thread-safe.
 */
public final class GroupOffsets {
  /** Behind every record that there was when the cluster was asked. */
  public static final long ALL = Long.MAX_VALUE;

  private final Admin admin;

  public GroupOffsets(Admin admin) {
    this.admin = admin;
  }

  /**
   * For each partition that the group has a position in, an offset such that every record before it
   * is dealt with, for good or ill; {@link #ALL} if nothing is left. None for a group that does not
   * exist.
   *
   * @param kind as the step is registered; a group that is of the other kind (workers of an older
   *     version may still be there) is found too
   */
  public Map<TopicPartition, Long> consumed(String group, TaskSourceKind kind) {
    if (kind == TaskSourceKind.SHARE) {
      return isShareGroup(group) ? shared(group) : committed(group);
    }
    Map<TopicPartition, Long> committed = committed(group);
    return committed.isEmpty() && isShareGroup(group) ? shared(group) : committed;
  }

  /** Asked first, because clients log an error when they ask another group for such offsets. */
  private boolean isShareGroup(String group) {
    try {
      return !get(admin.describeShareGroups(List.of(group)).all()).isEmpty();
    } catch (GroupIdNotFoundException | UnsupportedVersionException e) {
      return false;
    }
  }

  private Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
      offsets.forEach(
          (partition, offset) -> {
            if (offset != null) {
              committed.put(partition, offset.offset());
            }
          });
    } catch (GroupIdNotFoundException e) {
      return Map.of();
    }
    return committed;
  }

  /**
   * The start offset that a broker tells is the one it wrote with its last acknowledgement, before
   * that moved it; so of a group at rest it lies behind the truth. The lag counts every record that
   * is acknowledged or given up.
   */
  private Map<TopicPartition, Long> shared(String group) {
    Map<TopicPartition, Long> consumed = new HashMap<>();
    Map<TopicPartition, SharePartitionOffsetInfo> offsets;
    try {
      offsets =
          get(
              admin
                  .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                  .partitionsToOffsetInfo(group));
    } catch (GroupIdNotFoundException e) {
      return Map.of(); // deleted just now
    }
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            boolean nothingLeft = offset.lag().filter(lag -> lag == 0).isPresent();
            consumed.put(partition, nothingLeft ? ALL : offset.startOffset());
          }
        });
    return consumed;
  }
}
