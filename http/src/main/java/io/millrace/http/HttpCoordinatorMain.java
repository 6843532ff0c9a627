package io.millrace.http;

import io.millrace.config.MillraceConfig;
import io.millrace.config.ProcessFailure;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The coordinator with its HTTP API as a process. Configuration: {@code millrace.properties},
 * MILLRACE_* variables, {@code -Dmillrace.*}. Prints one line when it is ready. Ends with a
 * readable message and the exit code of {@link ProcessFailure} if it cannot start or go on; {@code
 * --debug} or MILLRACE_DEBUG adds the stack trace.
 */
public final class HttpCoordinatorMain {
  private HttpCoordinatorMain() {}

  public static void main(String[] args) {
    boolean debug = Arrays.asList(args).contains("--debug") || ProcessFailure.debugWanted();
    try {
      run();
    } catch (RuntimeException e) {
      ProcessFailure failure = ProcessFailure.of("millrace coordinator", e);
      System.err.println(failure.text(debug));
      System.exit(failure.exitCode());
    } catch (InterruptedException e) {
      System.exit(ProcessFailure.FAILURE);
    }
  }

  private static void run() throws InterruptedException {
    MillraceConfig config = MillraceConfig.load();
    CountDownLatch closed = new CountDownLatch(1);
    HttpCoordinator coordinator = HttpCoordinator.start(config);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  coordinator.close();
                  closed.countDown();
                },
                "millrace-coordinator-stop"));
    System.out.println(
        "millrace coordinator ready, namespace "
            + config.namespace().name()
            + ", Kafka at "
            + config.text(MillraceConfig.BOOTSTRAP_SERVERS, "")
            + ", HTTP at "
            + coordinator.url());
    coordinator.awaitStopped();
    closed.await(1, TimeUnit.SECONDS);
  }
}
