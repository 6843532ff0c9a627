package io.millrace.worker;

import io.millrace.protocol.TaskSourceKind;

/** A step asks for a kind of task source that this worker does not have. */
public final class UnsupportedTaskSourceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnsupportedTaskSourceException(String step, TaskSourceKind kind) {
    super("step %s asks for task source %s; use GROUP".formatted(step, kind));
  }
}
