package io.millrace.coordinator.codec;

import io.millrace.serde.ProtocolCodec;
import io.millrace.serde.UnreadableProtocolRecordException;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One kind of protocol record as bytes. Thread-safe.
 *
 * @param <T> the generated class
 */
final class Message<T extends SpecificRecord> {
  private final String name;
  private final ProtocolCodec<T> codec;

  private Message(Class<T> type) {
    this.name = type.getSimpleName();
    this.codec = ProtocolCodec.of(type);
  }

  static <T extends SpecificRecord> Message<T> of(Class<T> type) {
    return new Message<>(type);
  }

  byte[] encode(T record) {
    return codec.encode(record);
  }

  /**
   * @param bytes may be null, as a record's value may be
   * @throws UnreadableRecordException for whatever is not such a record, however mangled
   */
  T decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new UnreadableRecordException("a " + name + " without a value");
    }
    try {
      return codec.decode(bytes);
    } catch (UnreadableProtocolRecordException e) {
      throw new UnreadableRecordException(name, e);
    }
  }
}
