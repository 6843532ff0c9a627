package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void law_8_equal_bytes_are_equal_values() {
    Bytes one = Bytes.copyOf(new byte[] {1, 2});

    assertThat(one).isEqualTo(Bytes.wrap(new byte[] {1, 2})).isNotEqualTo(Bytes.EMPTY);
    assertThat(one).hasSameHashCodeAs(Bytes.wrap(new byte[] {1, 2}));
    assertThat(one.hashCode()).isNotEqualTo(Bytes.wrap(new byte[] {2, 1}).hashCode());
    assertThat(one).isNotEqualTo(new byte[] {1, 2});
  }

  @Test
  void law_8_a_copy_does_not_change_with_its_original() {
    byte[] original = {1, 2};
    Bytes copy = Bytes.copyOf(original);
    original[0] = 9;

    assertThat(copy.array()).containsExactly(1, 2);
    assertThat(copy.size()).isEqualTo(2);
  }

  @Test
  void F5_messages_show_short_bytes_and_only_the_size_of_long_ones() {
    assertThat(Bytes.copyOf(new byte[16])).hasToString("00".repeat(16));
    assertThat(Bytes.copyOf(new byte[17])).hasToString("17 bytes");
  }
}
