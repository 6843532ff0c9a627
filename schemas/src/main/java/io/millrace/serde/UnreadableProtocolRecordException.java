package io.millrace.serde;

/**
 * Bytes that should be a Millrace protocol record and are not readable as one. The record is at
 * fault, not the reader's environment: reading it again never helps.
 */
public final class UnreadableProtocolRecordException extends RuntimeException {
  private UnreadableProtocolRecordException(String message) {
    super(message);
  }

  private UnreadableProtocolRecordException(String message, Throwable cause) {
    super(message, cause);
  }

  static UnreadableProtocolRecordException notOne(String record, int length) {
    return new UnreadableProtocolRecordException(
        "%d bytes are not a %s: they do not begin with the mark of Avro's single-object encoding"
            .formatted(length, record));
  }

  static UnreadableProtocolRecordException unknownSchema(String record, long fingerprint) {
    return new UnreadableProtocolRecordException(
        "a record was written with a schema (fingerprint %016x) that is no released version of %s known here: it is another record, or comes from a newer Millrace; upgrade readers before writers"
            .formatted(fingerprint, record));
  }

  static UnreadableProtocolRecordException damaged(String record, Throwable cause) {
    return new UnreadableProtocolRecordException(
        "a %s cannot be read: %s".formatted(record, cause.getMessage()), cause);
  }
}
