package io.millrace.serde;

import static io.millrace.serde.ProtocolCodecTest.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.registry.SchemaNotFoundException;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import io.millrace.serde.testing.Order;
import io.millrace.serde.testing.OrderLine;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final String LINE = "io.millrace.serde.testing.OrderLine";

  private final Map<String, String> config =
      Map.of("schema.registry.url", "mock://" + UUID.randomUUID());
  private final SchemaRegistry registry = SchemaRegistries.of(config);

  private <T extends IndexedRecord> Serializer<T> serializer() {
    Serializer<T> serializer = new AvroSerializer<>();
    serializer.configure(config, false);
    return serializer;
  }

  private <T extends IndexedRecord> Deserializer<T> deserializer(boolean specific) {
    Deserializer<T> deserializer = new AvroDeserializer<>();
    deserializer.configure(
        Map.of(
            "schema.registry.url",
            config.get("schema.registry.url"),
            "specific.avro.reader",
            String.valueOf(specific)),
        false);
    return deserializer;
  }

  @Test
  void a_specific_record_comes_back_as_its_class() {
    byte[] bytes = serializer().serialize("orders", order("a-1"));

    assertThat(deserializer(true).deserialize("orders", bytes)).isEqualTo(order("a-1"));
    assertThat(WireFormat.schemaId(bytes))
        .isEqualTo(registry.idOf("orders-value", Order.getClassSchema()));
  }

  @Test
  void a_generic_reader_needs_no_class() {
    byte[] bytes = serializer().serialize("lines", new OrderLine("sieve", 3));

    IndexedRecord read = deserializer(false).deserialize("lines", bytes);

    assertThat(read).isInstanceOf(GenericRecord.class);
    assertThat(((GenericRecord) read).get("pieces")).isEqualTo(3);
  }

  @Test
  void null_stays_null() {
    assertThat(serializer().serialize("orders", null)).isNull();
    assertThat(deserializer(false).deserialize("orders", null)).isNull();
  }

  @Test
  void a_field_added_with_a_default_is_filled_in_for_older_data() {
    Schema older = SchemaBuilder.record("shop.Order").fields().requiredString("id").endRecord();
    Schema newer =
        SchemaBuilder.record("shop.Order")
            .fields()
            .requiredString("id")
            .name("pieces")
            .type()
            .intType()
            .intDefault(1)
            .endRecord();
    byte[] bytes =
        serializer().serialize("orders", new GenericRecordBuilder(older).set("id", "a-1").build());

    GenericRecord read =
        Objects.requireNonNull(
            AvroDeserializer.generic(registry, newer).deserialize("orders", bytes));

    assertThat(read.get("pieces")).isEqualTo(1);
    assertThat(read.get("id")).hasToString("a-1");
  }

  @Test
  void a_field_that_was_removed_is_skipped_by_the_class() {
    Schema older =
        SchemaBuilder.record(LINE)
            .fields()
            .requiredString("removed")
            .requiredString("article")
            .requiredInt("pieces")
            .endRecord();
    GenericRecord line =
        new GenericRecordBuilder(older)
            .set("removed", "x")
            .set("article", "sack")
            .set("pieces", 2)
            .build();

    byte[] bytes = serializer().serialize("lines", line);

    assertThat(AvroDeserializer.specific(registry, OrderLine.class).deserialize("lines", bytes))
        .isEqualTo(new OrderLine("sack", 2));
  }

  @Test
  void data_that_the_reader_cannot_take_is_named() {
    Schema other = SchemaBuilder.record("shop.Other").fields().requiredString("x").endRecord();
    byte[] bytes =
        serializer().serialize("lines", new GenericRecordBuilder(other).set("x", "y").build());

    assertThatThrownBy(
            () -> AvroDeserializer.specific(registry, OrderLine.class).deserialize("lines", bytes))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("shop.Other")
        .hasMessageContaining("OrderLine");
  }

  @Test
  void a_class_that_is_not_here_is_named_and_another_kind_of_class_is_not_touched() {
    for (String name : new String[] {"shop.Nowhere", "java.lang.ProcessBuilder"}) {
      Schema schema = SchemaBuilder.record(name).fields().endRecord();
      byte[] bytes = serializer().serialize("t-" + name, new GenericData.Record(schema));

      assertThatThrownBy(() -> deserializer(true).deserialize("t-" + name, bytes))
          .isInstanceOf(UnknownRecordClassException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void use_latest_version_writes_what_the_newest_schema_says() {
    Schema own = SchemaBuilder.record("R").fields().requiredInt("a").requiredInt("b").endRecord();
    Schema latest =
        SchemaBuilder.record("R")
            .fields()
            .requiredInt("b")
            .requiredLong("a")
            .optionalString("c")
            .endRecord();
    int id = registry.register("r-value", latest);
    Serializer<IndexedRecord> serializer = new AvroSerializer<>();
    serializer.configure(
        Map.of(
            "schema.registry.url", config.get("schema.registry.url"), "use.latest.version", "true"),
        false);

    byte[] bytes =
        serializer.serialize("r", new GenericRecordBuilder(own).set("a", 1).set("b", 2).build());

    assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
    assertThat(AvroDeserializer.generic(registry).deserialize("r", bytes))
        .isEqualTo(new GenericRecordBuilder(latest).set("a", 1L).set("b", 2).build());
  }

  @Test
  void E6_an_unknown_schema_id_is_named() {
    byte[] bytes = WireFormat.frame(4711, new byte[0]);

    assertThatThrownBy(() -> deserializer(false).deserialize("orders", bytes))
        .isInstanceOf(SchemaNotFoundException.class)
        .hasMessageContaining("4711");
  }

  @Test
  void F5_damaged_records_are_read_or_named_and_nothing_else() {
    byte[] good = serializer().serialize("orders", order("a-1"));
    Deserializer<Order> deserializer = AvroDeserializer.specific(registry, Order.class);
    long seed = 4;
    Random random = new Random(seed);

    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = Arrays.copyOf(good, 5 + random.nextInt(good.length));
      for (int damage = random.nextInt(4); damage > 0 && bytes.length > 5; damage--) {
        bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
      }
      try {
        deserializer.deserialize("orders", bytes);
      } catch (MalformedRecordException named) {
        assertThat(named).hasMessageContaining("at byte");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed %d, round %d".formatted(seed, i), e);
      }
    }
  }
}
