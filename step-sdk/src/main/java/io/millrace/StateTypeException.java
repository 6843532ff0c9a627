package io.millrace;

import org.jspecify.annotations.Nullable;

/** A state value is not of the type that was asked for, or cannot be kept as state. */
public final class StateTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The message names the key, what it holds and what was asked for. */
  public StateTypeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
