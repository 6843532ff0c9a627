package io.millrace.cli;

import io.millrace.config.InvalidConfigException;
import io.millrace.json.JsonMismatchException;
import io.millrace.protocol.IllegalNameException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** How errors are told to a person: one message, no stack trace. */
final class Errors {
  private Errors() {}

  /** The message of the error that matters, and of its causes where they add something. */
  static String readable(Throwable error) {
    Throwable shown = unwrapped(error);
    StringBuilder text = new StringBuilder(message(shown));
    Throwable cause = shown.getCause();
    for (int depth = 0; cause != null && depth < 3; depth++, cause = cause.getCause()) {
      String more = message(cause);
      if (text.indexOf(more) < 0) {
        text.append(System.lineSeparator()).append("  because: ").append(more);
      }
    }
    return text.toString();
  }

  /** Whether the error is one of ours, whose message says what to do. */
  static boolean isExpected(Throwable error) {
    return unwrapped(error).getClass().getName().startsWith("io.millrace.");
  }

  /** Whether the words of the command, or the settings around it, cannot be: exit code 2. */
  static boolean isUsage(Throwable error) {
    Throwable shown = unwrapped(error);
    return shown instanceof UsageException
        || shown instanceof IllegalNameException
        || shown instanceof InvalidConfigException
        || shown instanceof JsonMismatchException;
  }

  private static Throwable unwrapped(Throwable error) {
    Throwable shown = error;
    while ((shown instanceof ExecutionException || shown instanceof CompletionException)
        && shown.getCause() != null) {
      shown = shown.getCause();
    }
    return shown;
  }

  private static String message(Throwable error) {
    String message = error.getMessage();
    if (message == null || message.isBlank()) {
      return error.getClass().getSimpleName();
    }
    return error.getClass().getName().startsWith("io.millrace.")
        ? message
        : error.getClass().getSimpleName() + ": " + message;
  }
}
