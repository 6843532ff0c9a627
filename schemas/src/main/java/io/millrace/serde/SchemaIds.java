package io.millrace.serde;

import io.millrace.registry.IncompatibleSchemaException;
import io.millrace.registry.RegisteredSchema;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;
import org.apache.kafka.common.config.ConfigException;

/**
 * The registry id for data of a schema on a topic, found once and remembered.
 *
 * <pre>
 * auto.register.schemas=true (default)            register the data's schema
 * auto.register.schemas=false                     look the data's schema up
 * use.latest.version=true, not told to register   write with the subject's newest schema
 * </pre>
 *
 * Thread-safe. Failures are not remembered.
 */
public final class SchemaIds {
  private enum Mode {
    REGISTER,
    LOOK_UP,
    LATEST
  }

  private record Key(String subject, Schema schema) {}

  private final SchemaRegistry registry;
  private final SubjectNameStrategy strategy;
  private final boolean isKey;
  private final Mode mode;
  private final Map<Key, WriterSchema> known = new ConcurrentHashMap<>();

  /**
   * For values or keys, by the usual serializer configuration.
   *
   * @throws ConfigException if a value makes no sense
   */
  public SchemaIds(SchemaRegistry registry, Map<String, ?> config, boolean isKey) {
    this.registry = registry;
    this.strategy = SubjectNameStrategy.from(config, isKey);
    this.isKey = isKey;
    boolean latest = Flags.read(config, "use.latest.version", false);
    boolean register = Flags.read(config, "auto.register.schemas", !latest);
    this.mode = register ? Mode.REGISTER : latest ? Mode.LATEST : Mode.LOOK_UP;
  }

  /** For values, with the registry that the configuration names. */
  public static SchemaIds forValues(Map<String, ?> config) {
    return new SchemaIds(SchemaRegistries.of(config), config, false);
  }

  /**
   * What to write data of this schema with on this topic. Asks the registry the first time.
   *
   * @throws io.millrace.registry.SchemaRegistryException one of its named subclasses
   */
  public WriterSchema of(String topic, Schema schema) {
    Key key = new Key(strategy.subject(topic, isKey, schema), schema);
    WriterSchema writer = known.get(key);
    if (writer == null) {
      writer = ask(key.subject(), schema);
      known.put(key, writer);
    }
    return writer;
  }

  private WriterSchema ask(String subject, Schema schema) {
    switch (mode) {
      case REGISTER:
        return new WriterSchema(registry.register(subject, schema), schema);
      case LATEST:
        Optional<RegisteredSchema> latest = registry.latest(subject);
        // Without any version the look-up below says so in the registry's name.
        if (latest.isPresent()) {
          return checked(subject, schema, latest.get());
        }
        return new WriterSchema(registry.idOf(subject, schema), schema);
      default:
        return new WriterSchema(registry.idOf(subject, schema), schema);
    }
  }

  private static WriterSchema checked(String subject, Schema own, RegisteredSchema latest) {
    SchemaCompatibilityResult result =
        SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), own).getResult();
    if (!result.getIncompatibilities().isEmpty()) {
      throw new IncompatibleSchemaException(
          subject,
          "its newest version %d cannot express what this process writes (%s)"
              .formatted(latest.version(), result.getIncompatibilities().get(0).getMessage()));
    }
    return new WriterSchema(latest.id(), latest.schema());
  }
}
