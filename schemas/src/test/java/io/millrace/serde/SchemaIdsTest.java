package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.registry.IncompatibleSchemaException;
import io.millrace.registry.SchemaNotFoundException;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaIdsTest {
  private static final Schema ORDER =
      SchemaBuilder.record("shop.Order").fields().requiredString("id").endRecord();
  private static final Schema NEWER =
      SchemaBuilder.record("shop.Order")
          .fields()
          .requiredString("id")
          .optionalString("note")
          .endRecord();

  private final Map<String, Object> config =
      new HashMap<>(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));

  private SchemaRegistry registry() {
    return SchemaRegistries.uncached(config);
  }

  @ParameterizedTest
  @CsvSource({
    ", orders-value",
    "TopicName, orders-value",
    "TopicNameStrategy, orders-value",
    "RecordName, shop.Order",
    "TopicRecordName, orders-shop.Order",
    "io.confluent.kafka.serializers.subject.TopicNameStrategy, orders-value",
    "io.confluent.kafka.serializers.subject.RecordNameStrategy, shop.Order",
    "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, orders-shop.Order",
  })
  void a_schema_is_registered_under_the_subject_of_the_strategy(String strategy, String subject) {
    if (strategy != null) {
      config.put("value.subject.name.strategy", strategy);
    }

    WriterSchema writer = SchemaIds.forValues(config).of("orders", ORDER);

    assertThat(registry().subjects()).containsExactly(subject);
    assertThat(registry().idOf(subject, ORDER)).isEqualTo(writer.id());
  }

  @Test
  void keys_have_a_subject_of_their_own() {
    new SchemaIds(registry(), config, true).of("orders", ORDER);

    assertThat(registry().subjects()).containsExactly("orders-key");
  }

  @Test
  void an_unknown_strategy_is_refused() {
    config.put("value.subject.name.strategy", "com.acme.Mine");

    assertThatThrownBy(() -> SchemaIds.forValues(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("com.acme.Mine");
  }

  @Test
  void without_registration_the_schema_must_be_there() {
    config.put("auto.register.schemas", "false");
    SchemaIds ids = SchemaIds.forValues(config);

    assertThatThrownBy(() -> ids.of("orders", ORDER))
        .isInstanceOf(SchemaNotFoundException.class)
        .hasMessageContaining("orders-value");
    int id = registry().register("orders-value", ORDER);
    assertThat(ids.of("orders", ORDER)).isEqualTo(new WriterSchema(id, ORDER));
  }

  @Test
  void an_incompatible_schema_is_refused_when_it_would_be_registered() {
    registry().register("orders-value", ORDER);
    Schema incompatible =
        SchemaBuilder.record("shop.Order").fields().requiredLong("total").endRecord();

    assertThatThrownBy(() -> SchemaIds.forValues(config).of("orders", incompatible))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("total");
  }

  @Test
  void the_latest_version_is_written_if_asked_for() {
    config.put("use.latest.version", true);
    registry().register("orders-value", ORDER);
    int newest = registry().register("orders-value", NEWER);

    WriterSchema writer = SchemaIds.forValues(config).of("orders", ORDER);

    assertThat(writer).isEqualTo(new WriterSchema(newest, NEWER));
  }

  @Test
  void a_latest_version_that_cannot_express_the_data_is_refused() {
    config.put("use.latest.version", true);
    registry()
        .register(
            "orders-value",
            SchemaBuilder.record("shop.Order").fields().requiredInt("n").endRecord());

    assertThatThrownBy(() -> SchemaIds.forValues(config).of("orders", ORDER))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("version 1");
  }

  @Test
  void a_latest_version_that_does_not_exist_is_said_so() {
    config.put("use.latest.version", true);

    assertThatThrownBy(() -> SchemaIds.forValues(config).of("orders", ORDER))
        .isInstanceOf(SchemaNotFoundException.class);
  }

  @Test
  void told_to_register_it_registers_even_if_latest_is_wanted_too() {
    config.put("use.latest.version", "true");
    config.put("auto.register.schemas", "true");

    SchemaIds.forValues(config).of("orders", ORDER);

    assertThat(registry().subjects()).containsExactly("orders-value");
  }

  @Test
  void a_flag_that_is_neither_yes_nor_no_is_refused() {
    config.put("auto.register.schemas", "perhaps");

    assertThatThrownBy(() -> SchemaIds.forValues(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("perhaps");
  }
}
