package io.millrace.serde;

import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Generic and specific Avro records in registry wire format; null stays null. Configured like the
 * official one: {@code schema.registry.url} and its companions, {@code auto.register.schemas},
 * {@code use.latest.version}, {@code value.subject.name.strategy}. Thread-safe once configured.
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {
  private @Nullable SchemaIds ids;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroSerializer() {}

  /** Configured already. */
  public AvroSerializer(SchemaIds ids) {
    this.ids = ids;
  }

  @Override
  public void configure(Map<String, ?> config, boolean isKey) {
    SchemaRegistry registry = SchemaRegistries.of(config);
    ids = new SchemaIds(registry, config, isKey);
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T record) {
    if (record == null) {
      return null;
    }
    if (ids == null) {
      throw new IllegalStateException("configure this serializer before its first record");
    }
    Schema own = record.getSchema();
    WriterSchema writer = ids.of(topic, own);
    byte[] binary = encode(record, own);
    return WireFormat.frame(
        writer.id(),
        writer.schema().equals(own)
            ? binary
            : AvroTranscoder.transcode(binary, own, writer.schema()));
  }

  private static byte[] encode(IndexedRecord record, Schema schema) {
    GeneratedClassTrust.ensure();
    DatumWriter<IndexedRecord> writer =
        record instanceof SpecificRecord
            ? new SpecificDatumWriter<>(schema, SpecificData.getForClass(record.getClass()))
            : new GenericDatumWriter<>(schema, GenericData.get());
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(256);
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      writer.write(record, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }
}
