package io.millrace.serde;

import java.nio.ByteBuffer;

/**
 * The registry wire format of a record value or key.
 *
 * <pre>
 * 0x00 | schema id, 4 bytes big-endian | Avro binary
 * </pre>
 */
public final class WireFormat {
  /** Bytes before the Avro binary. */
  public static final int HEADER_BYTES = 5;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /** Puts the header before the Avro binary; copies. */
  public static byte[] frame(int schemaId, byte[] avroBinary) {
    return ByteBuffer.allocate(HEADER_BYTES + avroBinary.length)
        .put(MAGIC)
        .putInt(schemaId)
        .put(avroBinary)
        .array();
  }

  /**
   * The id of the writer's schema.
   *
   * @throws MalformedRecordException if the record is too short or begins otherwise
   */
  public static int schemaId(byte[] record) {
    if (record.length < HEADER_BYTES) {
      throw MalformedRecordException.tooShort(record.length);
    }
    if (record[0] != MAGIC) {
      throw MalformedRecordException.badMagic(record[0]);
    }
    return ByteBuffer.wrap(record).getInt(1);
  }

  /**
   * The Avro binary, copied.
   *
   * @throws MalformedRecordException if the record is too short or begins otherwise
   */
  public static byte[] payload(byte[] record) {
    schemaId(record);
    byte[] payload = new byte[record.length - HEADER_BYTES];
    System.arraycopy(record, HEADER_BYTES, payload, 0, payload.length);
    return payload;
  }
}
