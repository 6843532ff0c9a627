package io.millrace.json;

import org.jspecify.annotations.Nullable;

/** A JSON text does not fit a schema; the message names the field and what it should have been. */
public final class JsonMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  JsonMismatchException(String message) {
    super(message);
  }

  JsonMismatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
