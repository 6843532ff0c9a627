package io.millrace.coordinator.app;

import io.millrace.config.ProcessFailure;

/**
 * The coordinator as a process. Configuration: {@code millrace.properties}, MILLRACE_* variables,
 * {@code -Dmillrace.*}. Prints one line when it is ready. Ends with a readable message and the exit
 * code of {@link ProcessFailure} if it cannot start or go on; {@code --debug} or MILLRACE_DEBUG
 * adds the stack trace.
 */
public final class CoordinatorMain {
  private CoordinatorMain() {}

  public static void main(String[] args) {
    CoordinatorProcess.main(args, CoordinatorApp::start, app -> "");
  }
}
