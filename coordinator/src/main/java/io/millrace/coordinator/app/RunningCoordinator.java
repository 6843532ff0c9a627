package io.millrace.coordinator.app;

/** A coordinator that has been started in this process, whatever it serves besides. Thread-safe. */
public interface RunningCoordinator extends AutoCloseable {
  /**
   * Returns when it was closed.
   *
   * @throws CoordinatorException if it stopped of itself
   */
  void awaitStopped() throws InterruptedException;

  @Override
  void close();
}
