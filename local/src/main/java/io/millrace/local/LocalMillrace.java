package io.millrace.local;

import io.millrace.StepWorker;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test's way into the Millrace that {@link MillraceTest} runs for it. What is started through it
 * is closed with the test, or with the class if it was handed to a method that runs before all
 * tests.
 *
 * <p>Thread-safe.
 */
public final class LocalMillrace implements AutoCloseable {

  private final TestHome home;
  private final Parts resources = new Parts(StackListener.silent());
  private @Nullable WorkflowClient client;

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
    return home.config();
  }

  /** Returns when this test's coordinator takes inputs; does nothing if it runs. */
  public void startCoordinator() {
    home.coordinator().start();
  }

  /**
   * Returns when this test's coordinator has ended in good order; it keeps its state for the next
   * start.
   */
  public void stopCoordinator() {
    home.coordinator().stop();
  }

  /**
   * Starts a worker for these steps; returns when it takes work. It is closed at the end of this
   * test.
   *
   * @param steps as {@link StepWorker#of} takes them
   */
  public StepWorker worker(String workflow, Object... steps) {
    return worker(Map.of(), workflow, steps);
  }

  /** As {@link #worker(String, Object...)}, with settings over those of this test. */
  public StepWorker worker(Map<String, ?> settings, String workflow, Object... steps) {
    StepWorker worker =
        StepWorker.of(workflow, steps).configuredBy(MillraceConfig.of(config()).with(settings));
    return closeAtEnd(worker.start());
  }

  /** A client, the same one at every call; closed at the end of this test. */
  public synchronized WorkflowClient client() {
    if (client == null) {
      client = closeAtEnd(WorkflowClient.create(MillraceConfig.of(config())));
    }
    return client;
  }

  /**
   * Closes something at the end of this test, whatever its outcome; the last one given is closed
   * first. One that cannot be closed fails the test, after the others are closed.
   */
  public synchronized <T extends AutoCloseable> T closeAtEnd(T resource) {
    return resources.start(resource.getClass().getSimpleName(), () -> resource, r -> "this test");
  }

  /** Called by JUnit. */
  @Override
  public synchronized void close() {
    resources.close();
  }
}
