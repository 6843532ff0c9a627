package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CachingSchemaRegistryTest extends SchemaRegistryConformance {
  private static final Schema TEXT = Schema.create(Schema.Type.STRING);

  @Override
  protected SchemaRegistry emptyRegistry() {
    return SchemaRegistries.of(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));
  }

  @Test
  void what_cannot_change_is_asked_once_and_latest_every_time() {
    Asked asked = new Asked(new MockSchemaRegistry("mock://" + UUID.randomUUID()));
    SchemaRegistry cached = new CachingSchemaRegistry(asked);

    int id = cached.register("a-value", TEXT);
    cached.register("a-value", TEXT);
    cached.idOf("a-value", TEXT);
    cached.byId(id);
    cached.byId(id);
    cached.latest("a-value");
    cached.latest("a-value");

    assertThat(asked.calls).containsExactly("register", "byId", "latest", "latest");
  }

  private static final class Asked implements SchemaRegistry {
    final List<String> calls = new ArrayList<>();
    private final SchemaRegistry registry;

    Asked(SchemaRegistry registry) {
      this.registry = registry;
    }

    @Override
    public int register(String subject, Schema schema) {
      calls.add("register");
      return registry.register(subject, schema);
    }

    @Override
    public Schema byId(int id) {
      calls.add("byId");
      return registry.byId(id);
    }

    @Override
    public int idOf(String subject, Schema schema) {
      calls.add("idOf");
      return registry.idOf(subject, schema);
    }

    @Override
    public Optional<RegisteredSchema> latest(String subject) {
      calls.add("latest");
      return registry.latest(subject);
    }

    @Override
    public List<String> subjects() {
      return registry.subjects();
    }

    @Override
    public CompatibilityVerdict compatible(String subject, Schema schema) {
      return registry.compatible(subject, schema);
    }
  }
}
