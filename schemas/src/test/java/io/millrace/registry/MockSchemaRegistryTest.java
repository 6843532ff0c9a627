package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class MockSchemaRegistryTest extends SchemaRegistryConformance {
  private static final Schema TEXT = Schema.create(Schema.Type.STRING);

  @Override
  protected SchemaRegistry emptyRegistry() {
    return SchemaRegistries.uncached(config("mock://" + UUID.randomUUID()));
  }

  private static Map<String, String> config(String url) {
    return Map.of("schema.registry.url", url);
  }

  @Test
  void the_same_scope_is_the_same_registry_and_another_is_another() {
    int id = SchemaRegistries.of(config("mock://shared")).register("a-value", TEXT);

    assertThat(SchemaRegistries.of(config("mock://shared")).byId(id)).isEqualTo(TEXT);
    assertThat(SchemaRegistries.of(config("mock://other")).subjects()).isEmpty();
    SchemaRegistries.dropMock("mock://shared");
    assertThat(SchemaRegistries.of(config("mock://shared")).subjects()).isEmpty();
  }
}
