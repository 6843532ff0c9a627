package io.millrace.examples;

import io.millrace.WorkflowException;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The client side of an example as a command: problems are told in a sentence on standard error,
 * with exit code 2 for wrong usage and 1 for failure. {@code MILLRACE_STACK_TRACE=true} shows where
 * they come from.
 */
public final class Program {
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private Program() {}

  /** What a program does. */
  @FunctionalInterface
  public interface Body {
    void run() throws Exception;
  }

  /** The arguments make no sense; the message says which would. */
  public static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String usage) {
      super(usage);
    }
  }

  /** Runs {@code body} and ends the JVM if it fails. */
  public static void run(Body body) {
    int code = exitCode(body);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int exitCode(Body body) {
    try {
      body.run();
      return 0;
    } catch (UsageException e) {
      System.err.println("usage: " + e.getMessage());
      return USAGE;
    } catch (WorkflowException | IllegalArgumentException e) {
      tell(e);
      return FAILURE;
    } catch (Exception e) {
      tell(new IllegalStateException("unexpected: " + e, e));
      return FAILURE;
    }
  }

  private static void tell(Exception e) {
    System.err.println(e.getMessage());
    if (Boolean.parseBoolean(System.getenv("MILLRACE_STACK_TRACE"))) {
      System.err.println(trace(e));
    }
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
