package io.millrace.config;

import io.millrace.protocol.IllegalNameException;
import io.millrace.registry.InvalidRegistryConfigException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How a Millrace process that cannot start or go on tells it to whoever started it: a message for a
 * person and an exit code. Immutable.
 *
 * <pre>
 * a setting is missing or makes no sense   2   starting it again as it is cannot help
 * anything else                            1
 * </pre>
 */
public final class ProcessFailure {
  /** For wrong arguments or settings. */
  public static final int USAGE = 2;

  /** For everything else. */
  public static final int FAILURE = 1;

  private static final int MOST_CAUSES = 4;
  private final String program;
  private final Throwable error;

  private ProcessFailure(String program, Throwable error) {
    this.program = program;
    this.error = error;
  }

  /**
   * @param program what the message begins with
   */
  public static ProcessFailure of(String program, Throwable error) {
    return new ProcessFailure(program, error);
  }

  /** Whether stack traces are wanted: {@code MILLRACE_DEBUG} is set to anything. */
  public static boolean debugWanted() {
    return System.getenv("MILLRACE_DEBUG") != null;
  }

  public int exitCode() {
    // Kafka's clients wrap what is wrong with a setting.
    Throwable at = error;
    for (int depth = 0; at != null && depth < MOST_CAUSES; depth++, at = at.getCause()) {
      if (at instanceof InvalidConfigException
          || at instanceof InvalidRegistryConfigException
          || at instanceof IllegalNameException
          || at instanceof ConfigException) {
        return USAGE;
      }
    }
    return FAILURE;
  }

  /**
   * The message; with those of its causes if it is not one of ours, which say it all.
   *
   * @param debug adds the stack trace
   */
  public String text(boolean debug) {
    StringBuilder text = new StringBuilder(program).append(": ").append(message(error));
    Throwable cause = isOurs(error) ? null : error.getCause();
    for (int depth = 1; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
      text.append(System.lineSeparator()).append("  because: ").append(message(cause));
    }
    if (debug) {
      text.append(System.lineSeparator()).append(stack());
    } else if (!isOurs(error)) {
      text.append(System.lineSeparator()).append("  (MILLRACE_DEBUG=1 shows where it happened)");
    }
    return text.toString();
  }

  private static String message(Throwable error) {
    @Nullable String message = error.getMessage();
    String kind = error.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return kind;
    }
    return isOurs(error) ? message : kind + ": " + message;
  }

  /** One of ours says what to do. */
  private static boolean isOurs(Throwable error) {
    return error.getClass().getName().startsWith("io.millrace.");
  }

  private String stack() {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
