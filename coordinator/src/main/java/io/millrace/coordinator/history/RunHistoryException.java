package io.millrace.coordinator.history;

/** A run's history cannot be told just now; asking again later may help. */
public final class RunHistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunHistoryException(String runId, Throwable cause) {
    super(
        "the history of run %s cannot be read just now (%s); ask again"
            .formatted(runId, cause.getMessage()),
        cause);
  }
}
