package io.millrace.local;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A namespace for tests on the shared stack. Thread-safe. */
final class TestHome implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int LONGEST_NAME = 60;

  /**
   * A partition costs a store and a transaction marker; tests have many namespaces and little load.
   */
  private static final Map<String, String> FEW_PARTITIONS =
      Map.of(
          "millrace.run.partitions", "2",
          "millrace.event.partitions", "2",
          "millrace.reply.partitions", "2");

  private final LocalStack stack;
  private final String namespace;
  private final Map<String, String> config;
  private final LocalCoordinator coordinator;

  private TestHome(LocalStack stack, String namespace, String[] settings) {
    this.stack = stack;
    this.namespace = namespace;
    this.config = new TreeMap<>(FEW_PARTITIONS);
    this.config.putAll(LocalStack.config(stack.bootstrapServers(), stack.registryUrl(), namespace));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "\"" + setting + "\" is no setting; write it as key=value");
      }
      this.config.put(setting.substring(0, equals).strip(), setting.substring(equals + 1).strip());
    }
    this.coordinator = LocalCoordinator.of(config, null);
  }

  /** A namespace that nobody else in this JVM has, recognizable by the name of the test class. */
  static TestHome open(LocalStack stack, String testClass, MillraceTest settings) {
    TestHome home = new TestHome(stack, name(testClass), settings.settings());
    if (!settings.coordinator()) {
      return home;
    }
    try {
      home.coordinator.start();
      return home;
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
  }

  private static String name(String testClass) {
    String legal = testClass.replaceAll("[^A-Za-z0-9_-]", "-");
    return "t"
        + COUNT.incrementAndGet()
        + "-"
        + legal.substring(0, Math.min(LONGEST_NAME, legal.length()));
  }

  LocalCoordinator coordinator() {
    return coordinator;
  }

  Map<String, String> config() {
    return Map.copyOf(config);
  }

  @Override
  public void close() {
    coordinator.close();
  }

  LocalStack stack() {
    return stack;
  }

  String namespace() {
    return namespace;
  }
}
