package io.millrace;

/** A step read a state key that its {@link Step#reads} leaves out, so that it was not sent. */
public final class UndeclaredStateKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** For the step's code to see. */
  public UndeclaredStateKeyException(String message) {
    super(message);
  }
}
