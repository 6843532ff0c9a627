package io.millrace.bench.stack;

import io.millrace.local.EmbeddedKafka;
import io.millrace.local.registry.DevRegistry;
import io.millrace.local.registry.DevRegistryConfig;
import java.util.concurrent.CountDownLatch;

/**
 * Broker and development registry as one process, as nobody asks the registry after the start.
 * Arguments are server properties, {@code name=value}. Prints a line that begins with {@code
 * ready}.
 */
public final class StackMain {
  static final String READY = "ready ";

  private StackMain() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedKafka.Builder builder = EmbeddedKafka.builder();
    for (String argument : args) {
      int at = argument.indexOf('=');
      builder.serverProperty(argument.substring(0, at), argument.substring(at + 1));
    }
    CountDownLatch ended = new CountDownLatch(1);
    builder.onFatalFault(fault -> Runtime.getRuntime().halt(1));
    EmbeddedKafka kafka = builder.start();
    DevRegistry registry = DevRegistry.start(DevRegistryConfig.ofDefaults());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  registry.close();
                  kafka.close();
                  ended.countDown();
                },
                "stack-end"));
    System.out.println(READY + kafka.bootstrapServers() + " " + registry.url());
    ended.await();
  }
}
