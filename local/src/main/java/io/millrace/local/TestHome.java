package io.millrace.local;

import java.util.concurrent.atomic.AtomicInteger;

/** A namespace for tests on the shared stack. Thread-safe. */
final class TestHome {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int LONGEST_NAME = 60;

  private final LocalStack stack;
  private final String namespace;

  private TestHome(LocalStack stack, String namespace) {
    this.stack = stack;
    this.namespace = namespace;
  }

  /** A namespace that nobody else in this JVM has, recognizable by the name of the test class. */
  static TestHome open(LocalStack stack, String testClass) {
    return new TestHome(stack, name(testClass));
  }

  private static String name(String testClass) {
    String legal = testClass.replaceAll("[^A-Za-z0-9_-]", "-");
    return "t"
        + COUNT.incrementAndGet()
        + "-"
        + legal.substring(0, Math.min(LONGEST_NAME, legal.length()));
  }

  LocalStack stack() {
    return stack;
  }

  String namespace() {
    return namespace;
  }
}
