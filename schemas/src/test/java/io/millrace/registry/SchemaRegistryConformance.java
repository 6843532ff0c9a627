package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SchemaRegistry} does, whatever is behind it. Each test gets an empty one. */
public abstract class SchemaRegistryConformance {
  private static final Schema ORDER =
      SchemaBuilder.record("shop.Order").fields().requiredString("id").endRecord();
  private static final Schema ORDER_WITH_NOTE =
      SchemaBuilder.record("shop.Order")
          .fields()
          .requiredString("id")
          .optionalString("note")
          .endRecord();
  private static final Schema ORDER_WITH_TOTAL =
      SchemaBuilder.record("shop.Order")
          .fields()
          .requiredString("id")
          .requiredLong("total")
          .endRecord();

  private SchemaRegistry registry;

  /** An empty registry whose compatibility level is BACKWARD. */
  protected abstract SchemaRegistry emptyRegistry() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    registry = emptyRegistry();
  }

  @Test
  void a_registered_schema_is_found_by_its_id() {
    int id = registry.register("orders-value", ORDER);

    assertThat(registry.byId(id)).isEqualTo(ORDER);
  }

  @Test
  void registering_again_gives_the_same_id_and_no_new_version() {
    int first = registry.register("orders-value", ORDER);

    int second = registry.register("orders-value", ORDER);

    assertThat(second).isEqualTo(first);
    assertThat(registry.latest("orders-value")).hasValue(new RegisteredSchema(first, 1, ORDER));
  }

  @Test
  void one_schema_has_one_id_under_every_subject() {
    int here = registry.register("orders-value", ORDER);

    int there = registry.register("archive-value", ORDER);

    assertThat(there).isEqualTo(here);
    assertThat(registry.subjects()).containsExactlyInAnyOrder("orders-value", "archive-value");
  }

  @Test
  void a_compatible_change_becomes_the_next_version_and_the_older_id_stays() {
    int first = registry.register("orders-value", ORDER);

    int second = registry.register("orders-value", ORDER_WITH_NOTE);

    assertThat(second).isNotEqualTo(first);
    assertThat(registry.latest("orders-value"))
        .hasValue(new RegisteredSchema(second, 2, ORDER_WITH_NOTE));
    assertThat(registry.byId(first)).isEqualTo(ORDER);
  }

  @Test
  void an_older_version_may_be_registered_again() {
    int first = registry.register("orders-value", ORDER_WITH_TOTAL);
    registry.register("orders-value", ORDER);

    assertThat(registry.register("orders-value", ORDER_WITH_TOTAL)).isEqualTo(first);
  }

  @Test
  void an_incompatible_change_is_refused_with_the_reason_and_leaves_nothing() {
    int first = registry.register("orders-value", ORDER);

    IncompatibleSchemaException refused =
        catchThrowableOfType(
            IncompatibleSchemaException.class,
            () -> registry.register("orders-value", ORDER_WITH_TOTAL));

    assertThat(refused.subject()).isEqualTo("orders-value");
    assertThat(refused.reason()).contains("total");
    assertThat(registry.latest("orders-value")).hasValue(new RegisteredSchema(first, 1, ORDER));
  }

  @Test
  void compatibility_can_be_asked_without_registering() {
    registry.register("orders-value", ORDER);

    CompatibilityVerdict good = registry.compatible("orders-value", ORDER_WITH_NOTE);
    CompatibilityVerdict bad = registry.compatible("orders-value", ORDER_WITH_TOTAL);

    assertThat(good).isEqualTo(CompatibilityVerdict.OK);
    assertThat(bad.compatible()).isFalse();
    assertThat(bad.messages()).anySatisfy(message -> assertThat(message).contains("total"));
    assertThat(registry.latest("orders-value")).map(RegisteredSchema::version).hasValue(1);
  }

  @Test
  void a_subject_without_versions_accepts_everything() {
    assertThat(registry.compatible("new-value", ORDER).compatible()).isTrue();
  }

  @Test
  void a_look_up_finds_the_id_and_registers_nothing() {
    int id = registry.register("orders-value", ORDER);

    assertThat(registry.idOf("orders-value", ORDER)).isEqualTo(id);
    assertThatThrownBy(() -> registry.idOf("orders-value", ORDER_WITH_NOTE))
        .isInstanceOf(SchemaNotFoundException.class)
        .hasMessageContaining("shop.Order")
        .hasMessageContaining("orders-value")
        .hasMessageContaining("auto.register.schemas");
    assertThat(registry.latest("orders-value")).map(RegisteredSchema::version).hasValue(1);
  }

  @Test
  void an_unknown_subject_is_said_so() {
    assertThat(registry.latest("nobody-value")).isEmpty();
    assertThatThrownBy(() -> registry.idOf("nobody-value", ORDER))
        .isInstanceOf(SchemaNotFoundException.class)
        .hasMessageContaining("nobody-value");
  }

  @Test
  void an_unknown_id_is_named_with_the_registry_and_what_to_do() {
    assertThatThrownBy(() -> registry.byId(4711))
        .isInstanceOf(SchemaNotFoundException.class)
        .hasMessageContaining("4711")
        .hasMessageContaining("://")
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void a_miss_is_not_remembered() {
    assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(SchemaNotFoundException.class);
    assertThatThrownBy(() -> registry.idOf("orders-value", ORDER))
        .isInstanceOf(SchemaNotFoundException.class);

    int id = registry.register("orders-value", ORDER);

    assertThat(registry.idOf("orders-value", ORDER)).isEqualTo(id);
    assertThat(registry.byId(id)).isEqualTo(ORDER);
  }

  @Test
  void subjects_may_have_any_characters() {
    String subject = "räume/über uns%2F+?#&-value";

    int id = registry.register(subject, ORDER);

    assertThat(registry.subjects()).containsExactly(subject);
    assertThat(registry.idOf(subject, ORDER)).isEqualTo(id);
  }

  @Test
  void schemas_that_are_not_records_work_too() {
    Schema text = Schema.create(Schema.Type.STRING);

    int id = registry.register("names-key", text);

    assertThat(registry.byId(id)).isEqualTo(text);
  }
}
