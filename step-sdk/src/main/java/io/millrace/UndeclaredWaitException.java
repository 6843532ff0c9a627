package io.millrace;

/** A step waited for an event type that its {@link Step#waitsFor} leaves out. */
public final class UndeclaredWaitException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** For the step's code to see. */
  public UndeclaredWaitException(String message) {
    super(message);
  }
}
