package io.millrace.protocol;

/** A name that cannot be used in topics; the message says which, and what is allowed. */
public final class IllegalNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  IllegalNameException(String what, String name, String rule) {
    super("'" + name + "' cannot be a " + what + ": " + rule);
  }
}
