package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
  @Test
  void the_header_is_a_zero_and_the_id_big_endian() {
    byte[] record = WireFormat.frame(0x01020304, new byte[] {9, 8});

    assertThat(record).containsExactly(0, 1, 2, 3, 4, 9, 8);
    assertThat(WireFormat.schemaId(record)).isEqualTo(0x01020304);
    assertThat(WireFormat.payload(record)).containsExactly(9, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void F5_a_record_without_room_for_the_header_is_named(int length) {
    assertThatThrownBy(() -> WireFormat.schemaId(new byte[length]))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining(length + " bytes");
  }

  @Test
  void F5_another_first_byte_is_named() {
    assertThatThrownBy(() -> WireFormat.payload("{\"json\":1}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("0x7b");
  }
}
