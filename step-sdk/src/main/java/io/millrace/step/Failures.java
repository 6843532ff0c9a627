package io.millrace.step;

import io.millrace.event.UnreadableEventException;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.FailureKind;
import io.millrace.registry.RegistryUnavailableException;
import io.millrace.registry.SchemaRegistryException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.ClosedByInterruptException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What a throwable means.
 *
 * <pre>
 * an event that cannot be read                UNREADABLE_EVENT, retryable if it says so (E6)
 * the registry does not answer for a schema   UNREADABLE_EVENT, retryable: an outage is not the step's failure
 * the registry refuses an emitted schema      COMPLETION_REFUSED, not retryable
 * an interrupt, however wrapped               EXCEPTION of type java.lang.InterruptedException
 * anything else, errors of the VM included    EXCEPTION, as the retry policy says
 * </pre>
 */
final class Failures {
  private static final int STACK_CHARS = 8 * 1024;
  private static final int MESSAGE_CHARS = 4 * 1024;

  private Failures() {}

  static TryResult.Failed of(Throwable error, RetryPolicy policy) {
    if (error instanceof UnreadableEventException unreadable) {
      return failed(FailureKind.UNREADABLE_EVENT, error, unreadable.isRetryable());
    }
    if (error instanceof RegistryUnavailableException) {
      return failed(FailureKind.UNREADABLE_EVENT, error, true);
    }
    if (error instanceof SchemaRegistryException) {
      return failed(FailureKind.COMPLETION_REFUSED, error, false);
    }
    if (isInterrupt(error)) {
      return new TryResult.Failed(
          FailureKind.EXCEPTION,
          new ErrorInfo(InterruptedException.class.getName(), message(error), stack(error)),
          policy.retries(error));
    }
    return failed(FailureKind.EXCEPTION, error, policy.retries(error));
  }

  private static TryResult.Failed failed(FailureKind kind, Throwable error, boolean retryable) {
    return new TryResult.Failed(
        kind, new ErrorInfo(error.getClass().getName(), message(error), stack(error)), retryable);
  }

  /** Libraries wrap interrupts; the worker must see them as what they are. */
  private static boolean isInterrupt(Throwable error) {
    int depth = 0;
    for (Throwable at = error; at != null && depth < 20; at = at.getCause(), depth++) {
      if (at instanceof InterruptedException
          || at instanceof ClosedByInterruptException
          || at instanceof InterruptException) {
        return true;
      }
    }
    return false;
  }

  private static String message(Throwable error) {
    try {
      String message = error.getMessage();
      return bounded(message == null ? "" : message, MESSAGE_CHARS);
    } catch (RuntimeException e) {
      return "(its getMessage threw " + e.getClass().getName() + ")";
    }
  }

  private static String stack(Throwable error) {
    StringWriter text = new StringWriter();
    try (PrintWriter writer = new PrintWriter(text)) {
      error.printStackTrace(writer);
    } catch (RuntimeException e) {
      return "(its printStackTrace threw " + e.getClass().getName() + ")";
    }
    return bounded(text.toString(), STACK_CHARS);
  }

  private static String bounded(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, chars) + "…";
  }
}
