package io.millrace.local;

import org.jspecify.annotations.Nullable;

/**
 * Something that the local stack needs is not there or not usable. The message says what is wrong,
 * where, and what to do, in words that a command line can print as they are.
 */
public abstract class LocalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * For subclasses.
   *
   * @param message what is wrong, where, and what to do
   * @param cause the underlying failure, if there is one
   */
  protected LocalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
