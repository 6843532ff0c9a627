package io.millrace.coordinator.core;

import java.time.Duration;

/** The run's wall clock (R5), which may stand still while the run only waits for a human. */
final class RunTimeout {
  static final String RUN_TIMEOUT = "run-timeout";

  private RunTimeout() {}

  static void begin(LiveRun run) {
    Duration timeout = run.settings.timeout();
    if (timeout != null) {
      run.setTimer(RUN_TIMEOUT, timeout);
    }
  }

  /** After every transition: stops the clock or lets it go on. */
  static void arrange(LiveRun run) {
    if (run.settings.timeout() == null || !run.settings.pauseTimeoutWhileWaiting()) {
      return;
    }
    boolean humanOnly = run.admitted && !Grace.active(run) && run.parked == 0 && run.prompts > 0;
    Duration left = run.timeoutLeft;
    if (humanOnly && left == null) {
      Entry.Timer timer = run.store.get(Keys.timer(RUN_TIMEOUT));
      if (timer == null) {
        throw new IllegalStateException("a run with a timeout has lost its timer");
      }
      Duration rest = Duration.between(run.now(), timer.due());
      run.timeoutLeft = rest.isNegative() ? Duration.ZERO : rest;
      run.dropTimer(RUN_TIMEOUT);
    } else if (!humanOnly && left != null) {
      run.timeoutLeft = null;
      run.setTimer(RUN_TIMEOUT, left);
    }
  }
}
