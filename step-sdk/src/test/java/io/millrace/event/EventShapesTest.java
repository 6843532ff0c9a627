package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.json.AvroJson;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventKind;
import io.millrace.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullUnmarked
class EventShapesTest {
  private static final int ROUNDS = 100;
  private final EventCodec codec = EventCodecs.inMemory();

  @Test
  void every_shape_comes_back_equal_by_way_of_the_json_that_the_api_shows() throws IOException {
    for (Class<?> shape : Shapes.ALL) {
      EventType type = codec.typeOf(shape);
      for (int seed = 0; seed < ROUNDS; seed++) {
        Object event = new RandomValues(seed).record(shape, 0);
        byte[] bytes = codec.encode(event, "w");
        int from = WireFormat.HEADER_BYTES;
        String json = AvroJson.write(bytes, from, bytes.length - from, type.schema());

        byte[] taken = binary(AvroJson.read(json, type.schema()));

        assertThat(codec.decode(WireFormat.frame(WireFormat.schemaId(bytes), taken), type))
            .as("%s with seed %d: %s", shape.getSimpleName(), seed, json)
            .isEqualTo(event);
      }
    }
  }

  private static byte[] binary(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** Nanoseconds since 1970, in which Java counts on the way to microseconds, end in 2262. */
  @Test
  void an_instant_far_away_comes_back_equal() {
    for (String far : List.of("2300-01-01T00:00:00.000001Z", "-9999-12-31T23:59:59.999999Z")) {
      Appointment event = new Appointment(Instant.parse(far));
      byte[] bytes = codec.encode(event, "w");
      assertThat(codec.decode(bytes, codec.typeOf(Appointment.class))).isEqualTo(event);
    }
  }

  record Appointment(Instant at) implements Event {}

  @Test
  void every_shape_comes_back_equal_whatever_it_holds() {
    for (Class<?> shape : Shapes.ALL) {
      for (int seed = 0; seed < ROUNDS; seed++) {
        Object event = new RandomValues(seed).record(shape, 0);
        byte[] bytes = codec.encode(event, "w");
        assertThat(codec.decode(bytes, codec.typeOf(shape)))
            .as("%s with seed %d", shape.getSimpleName(), seed)
            .isEqualTo(event);
      }
    }
  }

  @Test
  void F5_damaged_bytes_are_unreadable_or_another_value_and_nothing_else() {
    for (Class<?> shape : Shapes.ALL) {
      for (int seed = 0; seed < ROUNDS; seed++) {
        Random random = new Random(seed);
        byte[] bytes = codec.encode(new RandomValues(seed).record(shape, 0), "w");
        byte[] damaged =
            random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
        if (damaged.length > 5) {
          damaged[5 + random.nextInt(damaged.length - 5)] = (byte) random.nextInt();
        }
        try {
          assertThat(codec.decode(damaged, codec.typeOf(shape))).isInstanceOf(shape);
        } catch (UnreadableEventException e) {
          assertThat(e.isRetryable()).isFalse();
        }
      }
    }
  }

  @Test
  void many_threads_read_and_write_at_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = thread * 1000;
        all.add(
            threads.submit(
                () -> {
                  for (int seed = first; seed < first + 500; seed++) {
                    Object event = new RandomValues(seed).record(Shapes.Unions.class, 0);
                    assertThat(
                            codec.decode(
                                codec.encode(event, "w"), codec.typeOf(Shapes.Unions.class)))
                        .isEqualTo(event);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void the_schema_says_types_that_other_languages_know() {
    Schema schema = codec.typeOf(Shapes.Times.class).schema();
    assertThat(schema.getField("a").schema().getLogicalType().getName())
        .isEqualTo("timestamp-micros");
    assertThat(schema.getField("b").schema().getLogicalType().getName()).isEqualTo("date");
    assertThat(schema.getField("h").schema()).isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(schema.toString()).doesNotContain("java");
    assertThat(codec.typeOf(Shapes.Unions.class).schema().getField("a").schema().getTypes())
        .extracting(Schema::getName)
        .containsExactly("Leaf", "Pair", "One", "Colours");
  }

  record Precise(Instant at) implements Event {}

  @Test
  void times_are_cut_to_the_microsecond() {
    Precise event = new Precise(Instant.parse("1969-12-31T23:59:59.123456789Z"));
    assertThat(codec.decode(codec.encode(event, "w"), codec.typeOf(Precise.class)))
        .isEqualTo(new Precise(Instant.parse("1969-12-31T23:59:59.123456Z")));
    assertThatThrownBy(() -> codec.encode(new Precise(Instant.MAX), "w"))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("Precise.at is +1000000000")
        .hasMessageContaining("outside what Avro can hold");
  }

  static final class V1 {
    record Changed(String kept, int removed) implements Event {}
  }

  static final class V2 {
    record Changed(@Nullable String added, String kept) implements Event {}
  }

  static final class V3 {
    record Changed(String kept, String required) implements Event {}
  }

  @Test
  void added_nullable_and_removed_components_are_read_across_versions() {
    // given
    byte[] v1 = codec.encode(new V1.Changed("k", 1), "w");
    byte[] v2 = codec.encode(new V2.Changed("a", "k"), "w");

    // then
    assertThat(codec.decode(v1, codec.typeOf(V2.Changed.class)))
        .isEqualTo(new V2.Changed(null, "k"));
    assertThatThrownBy(() -> codec.decode(v2, codec.typeOf(V1.Changed.class)))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("removed");
    assertThatThrownBy(() -> codec.decode(v1, codec.typeOf(V3.Changed.class)))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("required");
  }

  record Positive(int n) implements Event {
    Positive {
      if (n < 0) {
        throw new IllegalArgumentException(n + " is negative");
      }
    }
  }

  static final class Old {
    record Positive(int n) implements Event {}
  }

  @Test
  void what_the_records_own_constructor_refuses_is_unreadable() {
    byte[] bytes = codec.encode(new Old.Positive(-1), "w");
    assertThatThrownBy(() -> codec.decode(bytes, codec.typeOf(Positive.class)))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("refused the values")
        .hasMessageContaining("-1 is negative");
  }

  @Test
  void E6_a_registry_outage_may_pass() {
    // given
    EventCodec down =
        EventCodecs.of(Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"));

    // then
    assertThatThrownBy(
            () -> down.decode(new byte[] {0, 0, 0, 0, 1, 2}, codec.typeOf(V1.Changed.class)))
        .isInstanceOfSatisfying(
            UnreadableEventException.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void F4_schemas_that_are_known_need_no_registry() {
    // given
    CountingRegistry registry = new CountingRegistry();
    EventCodec counted =
        EventCodecs.over(registry, Map.of(), new io.millrace.protocol.Namespace("n"));
    byte[] bytes = counted.encode(new V1.Changed("k", 1), "w");
    counted.decode(bytes, counted.typeOf(V1.Changed.class));
    int before = registry.registrations();

    // when
    counted.encode(new V1.Changed("l", 2), "w");
    counted.decode(bytes, counted.typeOf(V1.Changed.class));

    // then
    assertThat(registry.registrations()).isEqualTo(before).isEqualTo(1);
    assertThat(registry.readings()).isEqualTo(1);
  }

  @Test
  void generated_classes_are_events_of_the_kind_their_schema_says() {
    // given
    SpecificAsk ask = new SpecificAsk("who?");

    // then
    assertThat(codec.typeOf(SpecificAsk.class).kind()).isEqualTo(EventKind.START);
    assertThat(codec.typeOf(ErrorInfo.class).kind()).isEqualTo(EventKind.EVENT);
    assertThat(codec.decode(codec.encode(ask, "w"), codec.typeOf(SpecificAsk.class)))
        .isEqualTo(ask);
    ErrorInfo info = new ErrorInfo("type", "message", "stack");
    assertThat(codec.decode(codec.encode(info, "w"), codec.typeOf(ErrorInfo.class)))
        .isEqualTo(info);
    assertThatThrownBy(() -> codec.encode(new SpecificAsk(null), "w"))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("question");
  }

  record NoEvent() {}

  record WithOptional(Optional<String> o) implements Event {}

  record WithArray(int[] a) implements Event {}

  record WithObject(Object any) implements Event {}

  record WithOpen(Event open) implements Event {}

  record WithIntKeys(Map<Integer, String> m) implements Event {}

  @SuppressWarnings("rawtypes")
  record WithRaw(List raw) implements Event {}

  record Generic<T>(T value) implements Event {}

  record Both() implements StartEvent, StopEvent {}

  record stream() implements Event {}

  record SameName(One.Twin a, Two.Twin b) implements Event {}

  static final class One {
    record Twin(int a) {}
  }

  static final class Two {
    record Twin(int b) {}
  }

  @Test
  void what_cannot_be_an_event_is_refused_by_name_with_what_to_do() {
    refused(NoEvent.class, "let it implement io.millrace.Event");
    refused(WithOptional.class, "WithOptional.o cannot be part of an event: Optional");
    refused(WithOptional.class, "@Nullable");
    refused(WithArray.class, "use a List");
    refused(WithObject.class, "WithObject.any cannot be part of an event");
    refused(WithOpen.class, "make it sealed, or use a record");
    refused(WithIntKeys.class, "text keys");
    refused(WithRaw.class, "name its element type");
    refused(Generic.class, "is generic");
    refused(Both.class, "of several kinds, [START, STOP]");
    refused(SameName.class, "rename one of them");
    refused(Event.class, "is an interface");
    refused(String.class, "neither a record");
    assertThatThrownBy(() -> EventTypes.of(stream.class)).hasMessageContaining("reserved");
  }

  private static void refused(Class<?> type, String message) {
    assertThatThrownBy(() -> EventTypes.of(type))
        .isInstanceOf(NotAnEventException.class)
        .hasMessageContaining(message);
  }
}
