package io.millrace.json;

import org.jspecify.annotations.Nullable;

/** A JSON text does not fit a schema; the message names the field and what it should have been. */
public final class JsonMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final String path;

  JsonMismatchException(String path, String message) {
    this(path, message, null);
  }

  JsonMismatchException(String path, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.path = path;
  }

  /** Of the field, such as {@code lines[1].sku}; empty for the whole. */
  public String path() {
    return path;
  }
}
