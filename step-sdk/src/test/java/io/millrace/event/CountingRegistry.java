package io.millrace.event;

import io.millrace.registry.CompatibilityVerdict;
import io.millrace.registry.RegisteredSchema;
import io.millrace.registry.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Counts what is asked of a registry. */
final class CountingRegistry implements SchemaRegistry {
  private final InMemorySchemas schemas = new InMemorySchemas();
  private int registrations;
  private int readings;

  int registrations() {
    return registrations;
  }

  int readings() {
    return readings;
  }

  @Override
  public int register(String subject, Schema schema) {
    registrations++;
    return schemas.register(subject, schema);
  }

  @Override
  public Schema byId(int id) {
    readings++;
    return schemas.byId(id);
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return schemas.idOf(subject, schema);
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    return schemas.latest(subject);
  }

  @Override
  public List<String> subjects() {
    return schemas.subjects();
  }

  @Override
  public CompatibilityVerdict compatible(String subject, Schema schema) {
    return schemas.compatible(subject, schema);
  }
}
