package io.millrace.event;

/** An event object that cannot be written; the message names the component and what to do. */
public final class MalformedEventException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MalformedEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
