package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.protocol.ErrorInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullUnmarked
class EventFieldsTest {
  enum Grade {
    FINE,
    COARSE
  }

  record Everything(
      String text,
      boolean truth,
      int whole,
      long big,
      float small,
      double real,
      Grade grade,
      UUID id,
      BigDecimal money,
      Instant at,
      LocalDate day,
      LocalTime time,
      LocalDateTime local,
      Duration span,
      @Nullable String perhaps,
      @Nullable Integer number)
      implements Event {}

  private static final Everything FULL =
      new Everything(
          "a \"b\" ü",
          true,
          -7,
          Long.MAX_VALUE,
          0.1f,
          1.0,
          Grade.COARSE,
          new UUID(1, 2),
          new BigDecimal("1.50"),
          Instant.parse("2026-01-02T03:04:05.678901Z"),
          LocalDate.parse("2026-01-02"),
          LocalTime.parse("03:04:05.678901"),
          LocalDateTime.parse("2026-01-02T03:04:05.678901"),
          Duration.ofMinutes(90),
          "here",
          12);

  private final EventCodec codec = EventCodecs.inMemory();

  private Map<String, String> fields(Object event) {
    return codec.fields(codec.encode(event, "mill"));
  }

  @Test
  void W4_a_requirement_has_the_same_text_as_the_field_of_an_event_with_that_value()
      throws ReflectiveOperationException {
    Map<String, String> required = new HashMap<>();
    EventType type = codec.typeOf(Everything.class);
    for (var component : Everything.class.getRecordComponents()) {
      Object value = component.getAccessor().invoke(FULL);
      required.put(component.getName(), EventFields.required(type, component.getName(), value));
    }

    assertThat(required).hasSize(16).isEqualTo(fields(FULL));
    assertThat(required.get("text")).isEqualTo("\"a \\\"b\\\" ü\"");
    assertThat(required.get("whole")).isEqualTo("-7");
    assertThat(required.get("grade")).isEqualTo("\"COARSE\"");
  }

  @Test
  void W4_numbers_are_compared_by_value_whatever_their_java_type() {
    EventType type = codec.typeOf(Everything.class);

    assertThat(EventFields.required(type, "big", 5)).isEqualTo("5");
    assertThat(EventFields.required(type, "whole", 5L)).isEqualTo("5");
    assertThat(EventFields.required(type, "real", 5)).isEqualTo("5.0");
    assertThat(EventFields.required(type, "money", 5)).isEqualTo("\"5\"");
    assertThatThrownBy(() -> EventFields.required(type, "whole", 1.5))
        .hasMessageContaining("Everything.whole can never be Double 1.5");
    assertThatThrownBy(() -> EventFields.required(type, "grade", "MEDIUM"))
        .hasMessageContaining("one of [FINE, COARSE]");
  }

  record Odd(
      String shortText,
      String longText,
      byte[] bytes,
      List<String> list,
      Map<String, Integer> map,
      @Nullable String nothing)
      implements Event {}

  @Test
  void long_texts_bytes_nulls_and_whatever_is_no_scalar_are_left_out() {
    Odd odd =
        new Odd("x".repeat(256), "x".repeat(257), new byte[1], List.of("a"), Map.of("b", 1), null);

    assertThat(fields(odd)).containsOnlyKeys("shortText");
    assertThatThrownBy(() -> EventFields.required(codec.typeOf(Odd.class), "bytes", "AAAA"))
        .hasMessageContaining("Odd.bytes cannot be waited for");
  }

  @Test
  void generated_classes_tell_of_their_fields_too() {
    assertThat(fields(new ErrorInfo("T", "m", "")))
        .isEqualTo(Map.of("type", "\"T\"", "message", "\"m\"", "stack", "\"\""));
  }
}
