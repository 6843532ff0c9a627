package io.millrace.serde;

import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads registry wire format into generic or specific records, resolving the writer's schema to the
 * reader's; null stays null. By configuration: {@code specific.avro.reader=true} reads into the
 * class that the writer's schema names. Thread-safe once configured.
 *
 * <p>Throws {@link MalformedRecordException} for bytes that are not what they say, {@link
 * UnknownRecordClassException} for a class that is not here, and the registry's named exceptions.
 */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {
  private @Nullable SchemaRegistry registry;
  private ReaderChoice choice = ReaderChoice.asWritten();
  private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();

  /** For Kafka, which calls {@link #configure} next. */
  public AvroDeserializer() {}

  private AvroDeserializer(SchemaRegistry registry, ReaderChoice choice) {
    this.registry = registry;
    this.choice = choice;
  }

  /** Reads generic records with the schema they were written with. */
  public static AvroDeserializer<GenericRecord> generic(SchemaRegistry registry) {
    return new AvroDeserializer<>(registry, ReaderChoice.asWritten());
  }

  /** Reads generic records of this schema, whatever version they were written with. */
  public static AvroDeserializer<GenericRecord> generic(SchemaRegistry registry, Schema reader) {
    return new AvroDeserializer<>(registry, ReaderChoice.generic(reader));
  }

  /** Reads records of this class, whatever version they were written with. */
  public static <T extends SpecificRecord> AvroDeserializer<T> specific(
      SchemaRegistry registry, Class<T> type) {
    return new AvroDeserializer<>(registry, ReaderChoice.specific(type));
  }

  @Override
  public void configure(Map<String, ?> config, boolean isKey) {
    registry = SchemaRegistries.of(config);
    choice =
        Flags.read(config, "specific.avro.reader", false)
            ? ReaderChoice.classOfWriter()
            : ReaderChoice.asWritten();
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] record) {
    if (record == null) {
      return null;
    }
    if (registry == null) {
      throw new IllegalStateException("configure this deserializer before its first record");
    }
    int id = WireFormat.schemaId(record);
    Schema writer = registry.byId(id);
    AvroBinaryCheck.check(writer, record, WireFormat.HEADER_BYTES, record.length);
    DatumReader<T> reader = readers.get(id);
    if (reader == null) {
      reader = choice.readerFor(writer);
      readers.put(id, reader);
    }
    try {
      return reader.read(
          null,
          DecoderFactory.get()
              .binaryDecoder(
                  record, WireFormat.HEADER_BYTES, record.length - WireFormat.HEADER_BYTES, null));
    } catch (IOException | RuntimeException e) {
      // Avro names no closed set of exceptions for data that the reader's schema cannot take.
      throw MalformedRecordException.unresolvable(writer.getFullName(), choice.describe(writer), e);
    }
  }
}
