package io.millrace.http;

import io.millrace.config.ProcessFailure;
import io.millrace.coordinator.app.CoordinatorProcess;

/**
 * The coordinator with its HTTP API as a process. Configuration: {@code millrace.properties},
 * MILLRACE_* variables, {@code -Dmillrace.*}. Prints one line when it is ready. Ends with a
 * readable message and the exit code of {@link ProcessFailure} if it cannot start or go on; {@code
 * --debug} or MILLRACE_DEBUG adds the stack trace.
 */
public final class HttpCoordinatorMain {
  private HttpCoordinatorMain() {}

  public static void main(String[] args) {
    CoordinatorProcess.main(
        args, HttpCoordinator::start, coordinator -> ", HTTP at " + coordinator.url());
  }
}
