package io.millrace.event;

/** A class was used as an event that cannot be one; the message says why and what to do. */
public final class NotAnEventException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public NotAnEventException(String message) {
    super(message);
  }
}
