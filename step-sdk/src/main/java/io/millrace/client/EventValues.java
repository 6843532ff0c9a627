package io.millrace.client;

import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.event.EventCodec;
import io.millrace.event.EventType;
import io.millrace.event.EventTypes;
import io.millrace.event.UnreadableEventException;
import io.millrace.json.AvroJson;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.registry.RegisteredSchema;
import io.millrace.registry.RegistryUnavailableException;
import io.millrace.registry.SchemaRegistry;
import io.millrace.registry.SchemaRegistryException;
import io.millrace.serde.AvroSerializer;
import io.millrace.serde.MalformedRecordException;
import io.millrace.serde.SchemaIds;
import io.millrace.serde.WireFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Event values: from and to classes, from and to plain JSON. Thread-safe. */
public final class EventValues {
  private static final Map<Class<?>, EventKind> KINDS =
      Map.of(
          StartEvent.class, EventKind.START,
          StopEvent.class, EventKind.STOP,
          InputRequiredEvent.class, EventKind.INPUT_REQUIRED,
          HumanResponseEvent.class, EventKind.HUMAN_RESPONSE);

  private final EventCodec codec;
  private final SchemaRegistry registry;
  private final AvroSerializer<GenericRecord> serializer;
  private final Namespace namespace;

  public EventValues(
      EventCodec codec, SchemaRegistry registry, SchemaIds ids, Namespace namespace) {
    this.codec = codec;
    this.registry = registry;
    this.serializer = new AvroSerializer<>(ids);
    this.namespace = namespace;
  }

  public EventType typeOf(Class<?> eventClass) {
    return codec.typeOf(eventClass);
  }

  public byte[] encode(Object event, String workflow) {
    return codec.encode(event, workflow);
  }

  public Object decode(byte[] value, EventType reader) {
    return codec.decode(value, reader);
  }

  /** Top-level scalar fields, for waits with requirements. */
  public Map<String, String> fields(byte[] value) {
    return codec.fields(value);
  }

  /**
   * The newest registered schema of an event that no step accepts by itself, because a step waits
   * for it in the middle of an attempt.
   */
  Optional<EventDeclaration> registered(String workflow, String type) {
    return registry
        .latest(namespace.events(workflow, type) + "-value")
        .map(RegisteredSchema::schema)
        .map(
            schema ->
                new EventDeclaration(
                    type, EventTypes.kindOf(schema), schema.toString(), false, List.of()));
  }

  /** Whether an event of this type and kind counts as one of {@code eventClass}. */
  boolean matches(Class<?> eventClass, String type, EventKind kind) {
    return KINDS.get(eventClass) == kind || concrete(eventClass, type).isPresent();
  }

  /** The class to decode an event of this type as: the class itself, or one that it permits. */
  public Optional<EventType> concrete(Class<?> eventClass, String type) {
    if (eventClass.isSealed()) {
      for (Class<?> permitted : eventClass.getPermittedSubclasses()) {
        Optional<EventType> found = concrete(permitted, type);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    if (eventClass.isInterface()) {
      return Optional.empty();
    }
    EventType candidate = codec.typeOf(eventClass);
    return candidate.name().equals(type) ? Optional.of(candidate) : Optional.empty();
  }

  /**
   * The value that plain JSON describes, by the declared schema.
   *
   * @throws io.millrace.json.JsonMismatchException naming the field that does not fit
   */
  byte[] fromJson(EventDeclaration declared, String json, String workflow) {
    Schema schema = new Schema.Parser().parse(declared.getSchema$());
    GenericRecord record = AvroJson.read(json, schema);
    byte[] value = serializer.serialize(namespace.events(workflow, declared.getType()), record);
    if (value == null) {
      throw new IllegalStateException("a record was serialized as null");
    }
    return value;
  }

  /**
   * @throws UnreadableEventException if the bytes are no event, or its schema is not to be had
   */
  String toJson(byte[] value) {
    try {
      Schema writer = registry.byId(WireFormat.schemaId(value));
      return AvroJson.write(
          value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, writer);
    } catch (RegistryUnavailableException e) {
      throw new UnreadableEventException(
          "an event's schema is not to be had: " + e.getMessage(), true, e);
    } catch (SchemaRegistryException
        | MalformedRecordException
        | AvroRuntimeException
        | IOException e) {
      throw new UnreadableEventException("an event cannot be read: " + e.getMessage(), false, e);
    }
  }
}
