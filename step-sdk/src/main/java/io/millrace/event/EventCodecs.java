package io.millrace.event;

import io.millrace.protocol.Namespace;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import io.millrace.serde.SchemaIds;
import java.util.Map;

/** Makes event codecs. */
public final class EventCodecs {
  /** Configuration key of the namespace; default {@value Namespace#DEFAULT}. */
  public static final String NAMESPACE_KEY = "millrace.namespace";

  private EventCodecs() {}

  /**
   * A codec over the registry that {@code schema.registry.url} names, with the usual keys of
   * serializers: {@code auto.register.schemas}, {@code use.latest.version}, {@code
   * value.subject.name.strategy}, and those of {@link SchemaRegistries#of}. Nothing is sent yet.
   *
   * @throws io.millrace.registry.InvalidRegistryConfigException if a value is missing or makes no
   *     sense
   * @throws io.millrace.protocol.IllegalNameException if the namespace cannot be part of a topic
   */
  public static EventCodec of(Map<String, ?> config) {
    Object namespace = config.get(NAMESPACE_KEY);
    return over(
        SchemaRegistries.of(config),
        config,
        new Namespace(namespace == null ? Namespace.DEFAULT : namespace.toString().strip()));
  }

  /**
   * A codec without a registry: its bytes are readable by itself only. For tests of steps, where
   * any schema may follow any other.
   */
  public static EventCodec inMemory() {
    return over(new InMemorySchemas(), Map.of(), new Namespace(Namespace.DEFAULT));
  }

  /** A codec over a registry that is at hand. */
  public static EventCodec over(
      SchemaRegistry registry, Map<String, ?> config, Namespace namespace) {
    return new AvroEventCodec(namespace, new SchemaIds(registry, config, false), registry);
  }
}
