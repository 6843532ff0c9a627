package io.millrace.registry;

import java.time.Duration;

/** How a thread waits between two attempts; tests record instead. */
@FunctionalInterface
interface Pause {
  Pause SLEEP = wait -> Thread.sleep(wait.toMillis());

  void of(Duration wait) throws InterruptedException;
}
