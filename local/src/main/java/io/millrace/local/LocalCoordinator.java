package io.millrace.local;

import io.millrace.coordinator.app.CoordinatorApp;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator in this JVM that can be stopped and started again on the same state. Thread-safe.
 */
final class LocalCoordinator implements AutoCloseable {

  private final Map<String, String> config;
  private final StateFolder state;
  private @Nullable CoordinatorApp app;

  private LocalCoordinator(Map<String, String> config, StateFolder state) {
    this.config = new HashMap<>(config);
    this.config.put("millrace.state.dir", state.path().toString());
    this.state = state;
  }

  /**
   * One that is not running yet. Its state is in the folder, or in a temporary one if it is null.
   */
  static LocalCoordinator of(Map<String, String> config, @Nullable Path folder) {
    return new LocalCoordinator(config, StateFolder.open(folder));
  }

  /** Returns when it takes inputs; does nothing if it runs. */
  synchronized LocalCoordinator start() {
    if (app == null) {
      app = CoordinatorApp.start(config);
    }
    return this;
  }

  /** Returns when it has ended in good order; does nothing if it does not run. */
  synchronized void stop() {
    CoordinatorApp running = app;
    app = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } finally {
      state.close();
    }
  }
}
