package io.millrace.event;

import io.millrace.protocol.Namespace;
import io.millrace.registry.RegistryUnavailableException;
import io.millrace.registry.SchemaRegistry;
import io.millrace.registry.SchemaRegistryException;
import io.millrace.serde.AvroBinaryCheck;
import io.millrace.serde.AvroTranscoder;
import io.millrace.serde.MalformedRecordException;
import io.millrace.serde.SchemaIds;
import io.millrace.serde.WireFormat;
import io.millrace.serde.WriterSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Events in registry wire format. The registry is asked once per schema and subject. */
final class AvroEventCodec implements EventCodec {
  private record Target(Class<?> event, String workflow) {}

  private record Source(int schemaId, Class<?> reader) {}

  private final Namespace namespace;
  private final SchemaIds ids;
  private final SchemaRegistry registry;
  private final Map<Target, WriterSchema> targets = new ConcurrentHashMap<>();
  private final Map<Source, Readers> sources = new ConcurrentHashMap<>();

  AvroEventCodec(Namespace namespace, SchemaIds ids, SchemaRegistry registry) {
    this.namespace = namespace;
    this.ids = ids;
    this.registry = registry;
  }

  @Override
  public EventType typeOf(Class<?> eventClass) {
    return EventTypes.of(eventClass);
  }

  @Override
  public byte[] encode(Object event, String workflow) {
    Binding binding = EventTypes.binding(event.getClass());
    byte[] binary = binary(binding, event);
    WriterSchema target = target(binding.type(), workflow);
    Schema own = binding.type().schema();
    if (!target.schema().equals(own)) {
      binary = AvroTranscoder.transcode(binary, own, target.schema());
    }
    return WireFormat.frame(target.id(), binary);
  }

  private WriterSchema target(EventType type, String workflow) {
    Target key = new Target(type.javaClass(), workflow);
    WriterSchema known = targets.get(key);
    if (known == null) {
      known = ids.of(namespace.events(workflow, type.name()), type.schema());
      targets.put(key, known);
    }
    return known;
  }

  private static byte[] binary(Binding binding, Object event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    // Direct, because every new buffered encoder would allocate its 2 KiB buffer.
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      binding.write(event, encoder);
      encoder.flush();
    } catch (Shape.Misfit e) {
      throw new MalformedEventException(e.where() + " " + e.problem().strip(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  @Override
  public Object decode(byte[] value, EventType reader) {
    try {
      int id = WireFormat.schemaId(value);
      Readers readers = readers(id, reader);
      AvroBinaryCheck.check(readers.writer(), value, WireFormat.HEADER_BYTES, value.length);
      return readers.read(value, WireFormat.HEADER_BYTES);
    } catch (RegistryUnavailableException e) {
      throw unreadable("a " + reader.name(), true, e);
    } catch (SchemaRegistryException
        | MalformedRecordException
        | AvroRuntimeException
        | RecordShape.RefusedByConstructorException
        | IllegalArgumentException
        | DateTimeException
        | ArithmeticException
        | IOException e) {
      throw unreadable("a " + reader.name(), false, e);
    }
  }

  @Override
  public Map<String, String> fields(byte[] value) {
    try {
      return EventFields.of(value, registry.byId(WireFormat.schemaId(value)));
    } catch (RegistryUnavailableException e) {
      throw unreadable("an event", true, e);
    } catch (SchemaRegistryException
        | MalformedRecordException
        | AvroRuntimeException
        | IOException e) {
      throw unreadable("an event", false, e);
    }
  }

  private Readers readers(int id, EventType type) throws IOException {
    Source key = new Source(id, type.javaClass());
    Readers known = sources.get(key);
    if (known == null) {
      known = new Readers(registry.byId(id), EventTypes.binding(type.javaClass()));
      sources.put(key, known);
    }
    return known;
  }

  private static UnreadableEventException unreadable(
      String what, boolean retryable, Exception cause) {
    return new UnreadableEventException(
        "%s cannot be read: %s".formatted(what, cause.getMessage()), retryable, cause);
  }
}
