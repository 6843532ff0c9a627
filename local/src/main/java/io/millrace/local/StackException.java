package io.millrace.local;

/**
 * A part of a {@link LocalStack} did not start or stop for a reason that has no name of its own.
 */
public final class StackException extends LocalException {

  private static final long serialVersionUID = 1L;

  StackException(String part, String verb, Throwable cause) {
    super(
        "The " + part + " did not " + verb + ": " + cause + ". Look at its log for the reason.",
        cause);
  }
}
