package io.millrace.worker;

import org.jspecify.annotations.Nullable;

/** A record on an event topic is no dispatch, so no step can be run for it. */
final class UndecodableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecodableRecordException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
