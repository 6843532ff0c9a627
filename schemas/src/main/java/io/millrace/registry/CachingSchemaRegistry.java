package io.millrace.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Remembers what can never change: the schema of an id and the id of a schema under a subject.
 * Misses, failures and "latest" are asked anew. Schemas that Avro holds equal (they may differ in
 * documentation) share an entry; their bytes are the same. Thread-safe; two threads may ask the
 * same question at once, and get the same answer.
 */
final class CachingSchemaRegistry implements SchemaRegistry {
  private record Key(String subject, Schema schema) {}

  private final SchemaRegistry registry;
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
  private final Map<Key, Integer> registered = new ConcurrentHashMap<>();

  CachingSchemaRegistry(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public int register(String subject, Schema schema) {
    Key key = new Key(subject, schema);
    Integer known = registered.get(key);
    if (known != null) {
      return known;
    }
    int id = registry.register(subject, schema);
    registered.put(key, id);
    return id;
  }

  @Override
  public Schema byId(int id) {
    Schema known = byId.get(id);
    if (known != null) {
      return known;
    }
    Schema schema = registry.byId(id);
    Schema raced = byId.putIfAbsent(id, schema);
    return raced != null ? raced : schema;
  }

  @Override
  public int idOf(String subject, Schema schema) {
    Key key = new Key(subject, schema);
    Integer known = registered.get(key);
    if (known != null) {
      return known;
    }
    int id = registry.idOf(subject, schema);
    registered.put(key, id);
    return id;
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
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
