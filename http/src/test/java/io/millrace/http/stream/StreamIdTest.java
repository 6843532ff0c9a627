package io.millrace.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "12", "12r", "15e1", "999999999999999999e999999999"})
  void an_id_is_read_as_it_was_written(String text) {
    assertThat(StreamId.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "r", "12x", "12re1", "12e", "1.5", "9999999999999999999"})
  void what_was_never_written_is_no_id(String text) {
    assertThat(StreamId.parse(text)).isEmpty();
  }

  @Test
  void the_parts_of_an_id_are_what_it_says() {
    StreamId ended = StreamId.parse("15e2").orElseThrow();
    assertThat(ended.cursor().offset()).isEqualTo(15);
    assertThat(ended.endedEpoch()).contains(2);
    assertThat(ended.restarted()).isFalse();
    assertThat(StreamId.parse("3r").orElseThrow().restarted()).isTrue();
  }
}
