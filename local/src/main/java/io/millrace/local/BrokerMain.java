package io.millrace.local;

import io.millrace.config.ProcessFailure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The embedded broker as a process of its own. Prints one line {@code ready bootstrap.servers=...}
 * when it takes requests, and runs until the process is asked to end. Exit code 2 for wrong
 * arguments or settings, 1 for failure.
 */
public final class BrokerMain {

  private static final String USAGE =
      "Usage: BrokerMain [--data FOLDER] [--port NUMBER] [--set PROPERTY=VALUE]...";

  private BrokerMain() {}

  /** Runs a broker until the process ends; see the usage line. */
  public static void main(String[] args) {
    int code = run(args, System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int run(String[] args, PrintStream out, PrintStream err) {
    EmbeddedKafka.Builder builder;
    try {
      builder = parse(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(USAGE);
      return ProcessFailure.USAGE;
    }
    try {
      return serve(builder, out);
    } catch (RuntimeException e) {
      ProcessFailure failure = ProcessFailure.of("millrace broker", e);
      err.println(failure.text(ProcessFailure.debugWanted()));
      return failure.exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ProcessFailure.FAILURE;
    }
  }

  private static int serve(EmbeddedKafka.Builder builder, PrintStream out)
      throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicInteger code = new AtomicInteger();
    builder.onFatalFault(
        fault -> {
          code.set(1);
          end.countDown();
        });
    try (EmbeddedKafka kafka = builder.start()) {
      // The hook keeps the process alive until the broker has written everything.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> endAndWait(end, stopped), "broker-end"));
      out.println("ready bootstrap.servers=" + kafka.bootstrapServers());
      out.flush();
      end.await();
    } finally {
      stopped.countDown();
    }
    return code.get();
  }

  private static void endAndWait(CountDownLatch end, CountDownLatch stopped) {
    end.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static EmbeddedKafka.Builder parse(String[] args) {
    EmbeddedKafka.Builder builder = EmbeddedKafka.builder();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      String value = args[i + 1];
      switch (args[i]) {
        case "--data" -> builder.dataFolder(Path.of(value));
        case "--port" -> builder.port(number(value));
        case "--set" -> set(builder, value);
        default -> throw new IllegalArgumentException("Unknown argument " + args[i]);
      }
    }
    return builder;
  }

  private static void set(EmbeddedKafka.Builder builder, String pair) {
    int at = pair.indexOf('=');
    if (at <= 0) {
      throw new IllegalArgumentException("--set needs PROPERTY=VALUE, not " + pair);
    }
    builder.serverProperty(pair.substring(0, at), pair.substring(at + 1));
  }

  private static int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--port needs a number, not " + value, e);
    }
  }
}
