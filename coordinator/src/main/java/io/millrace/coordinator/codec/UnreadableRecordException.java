package io.millrace.coordinator.codec;

/** Bytes that are not the protocol record that they should be; the message says which and why. */
public final class UnreadableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRecordException(String expected, Throwable cause) {
    super("not a readable " + expected + ": " + cause, cause);
  }

  UnreadableRecordException(String problem) {
    super(problem);
  }
}
