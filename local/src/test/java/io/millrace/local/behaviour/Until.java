package io.millrace.local.behaviour;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** How long tests wait for what must happen, on a busy machine. */
final class Until {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Until() {}

  static void holds(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .pollInSameThread()
        .until(condition);
  }

  /** For steps and tests alike; a failure names what did not happen. */
  static void open(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the latch was not opened within " + PATIENCE);
    }
  }
}
