package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagTest {
  private static final TopicPartition ZERO = new TopicPartition("t", 0);
  private static final TopicPartition ONE = new TopicPartition("t", 1);

  @Test
  void a_group_that_has_read_everything_has_none() {
    assertThat(Lag.of(Map.of(ZERO, 5L, ONE, 7L), Map.of(ZERO, 5L, ONE, 7L))).isZero();
  }

  @Test
  void what_is_beyond_the_offsets_counts() {
    assertThat(Lag.of(Map.of(ZERO, 5L, ONE, 6L), Map.of(ZERO, 5L, ONE, 7L))).isEqualTo(1);
  }

  @Test
  void a_partition_that_was_never_begun_counts_from_its_beginning() {
    assertThat(Lag.of(Map.of(ZERO, 5L), Map.of(ZERO, 5L, ONE, 7L))).isEqualTo(7);
  }

  @Test
  void a_group_that_is_not_there_has_everything_before_it() {
    assertThat(Lag.of(Map.of(), Map.of(ZERO, 5L, ONE, 7L))).isEqualTo(12);
  }

  @Test
  void of_a_shared_partition_counts_what_is_not_acknowledged() {
    assertThat(Lag.ofShared(new SharePartitionOffsetInfo(5, Optional.empty(), Optional.of(0L)), 7))
        .isZero();
    assertThat(Lag.ofShared(new SharePartitionOffsetInfo(5, Optional.empty(), Optional.of(1L)), 7))
        .isEqualTo(1);
  }

  @Test
  void if_the_broker_does_not_tell_that_it_is_all_from_the_start_offset() {
    assertThat(Lag.ofShared(new SharePartitionOffsetInfo(5, Optional.empty(), Optional.empty()), 7))
        .isEqualTo(2);
  }

  @Test
  void a_shared_partition_that_was_never_begun_counts_from_its_beginning() {
    assertThat(Lag.ofShared(null, 7)).isEqualTo(7);
  }
}
