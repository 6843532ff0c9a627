package io.millrace.local;

import java.util.Map;

/**
 * A test's way into the Millrace that {@link MillraceTest} runs for it. What is started through it
 * is closed with the test, or with the class if it was handed to a method that runs before all
 * tests.
 */
public final class LocalMillrace implements AutoCloseable {

  private final TestHome home;

  LocalMillrace(TestHome home) {
    this.home = home;
  }

  /** The broker, as clients want it. */
  public String bootstrapServers() {
    return home.stack().bootstrapServers();
  }

  /**
   * The namespace of this test; no other test of the JVM writes to its topics, except those of the
   * same class.
   */
  public String namespace() {
    return home.namespace();
  }

  /** The registry, as serializers want it. */
  public String registryUrl() {
    return home.stack().registryUrl();
  }

  /** The settings that a worker or a client needs to take part in this test. */
  public Map<String, String> config() {
    return LocalStack.config(bootstrapServers(), registryUrl(), namespace());
  }

  /** Called by JUnit. */
  @Override
  public void close() {}
}
