package io.millrace.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Millrace's own protocol records as bytes: Avro's single-object encoding (two marker bytes, the
 * fingerprint of the writer's schema, Avro binary). Data of every released version is read; no
 * registry is needed. Thread-safe.
 */
public final class ProtocolCodec<T extends SpecificRecord> {
  private static final int HEADER_BYTES = 10;
  private static final short MARK = (short) 0xC301;

  private final String name;
  private final Map<Long, Schema> writers = new HashMap<>();
  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;

  private ProtocolCodec(Class<T> type, List<Schema> released) {
    GeneratedClassTrust.ensure();
    SpecificData model = SpecificData.getForClass(type);
    Schema current = model.getSchema(type);
    this.name = current.getName();
    this.encoder = new BinaryMessageEncoder<>(model, current);
    this.decoder = new BinaryMessageDecoder<>(model, current);
    for (Schema writer : released) {
      decoder.addSchema(writer);
      writers.put(SchemaNormalization.parsingFingerprint64(writer), writer);
    }
    writers.put(SchemaNormalization.parsingFingerprint64(current), current);
  }

  /** A codec for the record class, with its released schemas from the class path. */
  public static <T extends SpecificRecord> ProtocolCodec<T> of(Class<T> type) {
    return new ProtocolCodec<>(type, ReleasedSchemas.of(type));
  }

  /** A codec that knows these earlier schemas instead. */
  static <T extends SpecificRecord> ProtocolCodec<T> of(Class<T> type, List<Schema> released) {
    return new ProtocolCodec<>(type, released);
  }

  /** The record as bytes of its own. Fails only for a record that lacks a required field. */
  public byte[] encode(T record) {
    try {
      ByteBuffer encoded = encoder.encode(record);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /**
   * The record in these bytes.
   *
   * @throws UnreadableProtocolRecordException if they are anything else than exactly one record of
   *     a known version; never another exception, however hostile the bytes
   */
  public T decode(byte[] bytes) {
    Schema writer = writerOf(bytes);
    try {
      AvroBinaryCheck.check(writer, bytes, HEADER_BYTES, bytes.length);
      return decoder.decode(bytes);
    } catch (IOException | RuntimeException e) {
      // The bytes come from anyone who may write to the topic, and Avro names no closed set of
      // exceptions for bad ones.
      throw UnreadableProtocolRecordException.damaged(name, e);
    }
  }

  private Schema writerOf(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || ByteBuffer.wrap(bytes).getShort() != MARK) {
      throw UnreadableProtocolRecordException.notOne(name, bytes.length);
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    Schema writer = writers.get(fingerprint);
    if (writer == null) {
      throw UnreadableProtocolRecordException.unknownSchema(name, fingerprint);
    }
    return writer;
  }
}
