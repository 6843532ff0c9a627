package io.millrace.coordinator.app;

import io.millrace.config.MillraceConfig;
import io.millrace.config.ProcessFailure;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A coordinator as a process: from the configuration to the line that says it is ready, and from a
 * signal or a failure to the end.
 */
public final class CoordinatorProcess {
  private CoordinatorProcess() {}

  /**
   * Runs until the process is told to end. Does not return if the coordinator cannot start or go
   * on: then the process ends with a readable message and the exit code of {@link ProcessFailure}.
   *
   * @param args {@code --debug} adds the stack trace, as MILLRACE_DEBUG does
   * @param start from the process's configuration
   * @param more what the line of a ready coordinator says at its end
   */
  public static <C extends RunningCoordinator> void main(
      String[] args, Function<MillraceConfig, C> start, Function<C, String> more) {
    boolean debug = Arrays.asList(args).contains("--debug") || ProcessFailure.debugWanted();
    try {
      run(start, more);
    } catch (RuntimeException e) {
      ProcessFailure failure = ProcessFailure.of("millrace coordinator", e);
      System.err.println(failure.text(debug));
      System.exit(failure.exitCode());
    } catch (InterruptedException e) {
      System.exit(ProcessFailure.FAILURE);
    }
  }

  private static <C extends RunningCoordinator> void run(
      Function<MillraceConfig, C> start, Function<C, String> more) throws InterruptedException {
    MillraceConfig config = MillraceConfig.load();
    CountDownLatch closed = new CountDownLatch(1);
    C coordinator = start.apply(config);
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
            + more.apply(coordinator));
    coordinator.awaitStopped();
    closed.await(1, TimeUnit.SECONDS);
  }
}
