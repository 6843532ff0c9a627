package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are not what their framing or their schema says. Reading them again never helps. */
public final class MalformedRecordException extends SerializationException {
  private MalformedRecordException(String message) {
    super(message);
  }

  private MalformedRecordException(String message, Throwable cause) {
    super(message, cause);
  }

  static MalformedRecordException tooShort(int length) {
    return new MalformedRecordException(
        "a record of %d bytes is too short for registry wire format, which begins with 5 bytes of framing: was it written with a registry-aware serializer?"
            .formatted(length));
  }

  static MalformedRecordException badMagic(byte first) {
    return new MalformedRecordException(
        "a record that begins with byte 0x%02x is not in registry wire format, which begins with 0x00: was it written with a registry-aware serializer?"
            .formatted(first));
  }

  static MalformedRecordException at(int position, String problem) {
    return new MalformedRecordException(
        "the bytes do not fit their schema at byte %d: %s".formatted(position, problem));
  }

  static MalformedRecordException unresolvable(String writer, String reader, Throwable cause) {
    return new MalformedRecordException(
        "data written as %s cannot be read as %s: %s".formatted(writer, reader, cause.getMessage()),
        cause);
  }
}
