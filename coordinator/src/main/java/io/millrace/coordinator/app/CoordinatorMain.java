package io.millrace.coordinator.app;

import io.millrace.config.MillraceConfig;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The coordinator as a process. Configuration: {@code millrace.properties}, MILLRACE_* variables,
 * {@code -Dmillrace.*}. Prints one line when it is ready. Ends with 0 after SIGTERM, with 1 and a
 * readable message otherwise; {@code --debug} or MILLRACE_DEBUG adds the stack trace.
 */
public final class CoordinatorMain {
  private CoordinatorMain() {}

  public static void main(String[] args) {
    boolean debug =
        Arrays.asList(args).contains("--debug") || System.getenv("MILLRACE_DEBUG") != null;
    try {
      run();
    } catch (RuntimeException e) {
      System.err.println("millrace coordinator: " + e.getMessage());
      if (debug) {
        System.err.println(stack(e));
      }
      System.exit(1);
    } catch (InterruptedException e) {
      System.exit(1);
    }
  }

  private static void run() throws InterruptedException {
    MillraceConfig config = MillraceConfig.load();
    CountDownLatch closed = new CountDownLatch(1);
    CoordinatorApp app = CoordinatorApp.start(config);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  app.close();
                  closed.countDown();
                },
                "millrace-coordinator-stop"));
    System.out.println(
        "millrace coordinator ready, namespace "
            + config.namespace().name()
            + ", Kafka at "
            + config.text(MillraceConfig.BOOTSTRAP_SERVERS, ""));
    app.awaitStopped();
    closed.await(1, TimeUnit.SECONDS);
  }

  private static String stack(Throwable error) {
    java.io.StringWriter text = new java.io.StringWriter();
    error.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
