package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.Namespace;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TimeOrderedIdsTest {
  @Test
  void R1_generated_ids_are_valid_version_7_UUIDs() {
    UUID id = UUID.fromString(Namespace.checkRunId(TimeOrderedIds.next()));

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void R1_ids_of_a_later_millisecond_sort_behind() {
    String early = TimeOrderedIds.at(1_000_000, -1, -1).toString();
    String late = TimeOrderedIds.at(1_000_001, 0, 0).toString();

    assertThat(early).isLessThan(late);
  }
}
