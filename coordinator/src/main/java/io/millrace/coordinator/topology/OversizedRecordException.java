package io.millrace.coordinator.topology;

/** An input led to a record that its topic does not admit. Sending it would end the transaction. */
final class OversizedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OversizedRecordException(String topic, long size, int most) {
    super(
        "a record of %d bytes for %s is larger than the %d that millrace.max.message.bytes allows"
            .formatted(size, topic, most));
  }
}
