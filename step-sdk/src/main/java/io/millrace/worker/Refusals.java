package io.millrace.worker;

import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.FailureKind;
import io.millrace.step.TryResult;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** A completion that could not be made durable, as a failure that is small enough to be. */
final class Refusals {
  private Refusals() {}

  static TryResult.Failed of(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    boolean tooLarge = cause instanceof RecordTooLargeException;
    String message =
        tooLarge
            ? "an effect is larger than a record may be: %s; keep large data elsewhere and send a reference, or raise millrace.max.message.bytes"
                .formatted(cause.getMessage())
            : String.valueOf(cause.getMessage());
    return new TryResult.Failed(
        FailureKind.COMPLETION_REFUSED,
        new ErrorInfo(cause.getClass().getName(), message, ""),
        !tooLarge);
  }
}
