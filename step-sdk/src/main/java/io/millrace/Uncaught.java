package io.millrace;

import io.millrace.config.ProcessFailure;

/**
 * What an exception does that leaves the main thread of a worker process. Worker threads of Kafka
 * and of user code may still run then, and would keep alive a process that does nothing.
 */
final class Uncaught {
  private Uncaught() {}

  /** For this thread, unless somebody has decided already. */
  static void endProcess(String program) {
    Thread thread = Thread.currentThread();
    boolean decided =
        thread.getUncaughtExceptionHandler() != thread.getThreadGroup()
            || Thread.getDefaultUncaughtExceptionHandler() != null;
    if (!decided) {
      thread.setUncaughtExceptionHandler((failed, error) -> end(ProcessFailure.of(program, error)));
    }
  }

  private static void end(ProcessFailure failure) {
    System.err.println(failure.text(ProcessFailure.debugWanted()));
    System.exit(failure.exitCode());
  }
}
