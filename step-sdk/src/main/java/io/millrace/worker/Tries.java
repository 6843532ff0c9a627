package io.millrace.worker;

import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.Unwanted;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tries of one life that hold something. Thread-safe. */
final class Tries {
  private final Set<TryRun> all = ConcurrentHashMap.newKeySet();

  void add(TryRun run) {
    all.add(run);
  }

  void remove(TryRun run) {
    all.remove(run);
    if (all.isEmpty()) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  List<TryRun> now() {
    return List.copyOf(all);
  }

  /** For a source that takes nothing more before these records are acknowledged. */
  void adoptEarly(TryEnvironment step) {
    for (TryRun run : all) {
      if (run.isOf(step)) {
        run.adoptEarly();
      }
    }
  }

  void cancel(CancelNotice notice) {
    for (Unwanted work : notice.getExecutions()) {
      for (TryRun run : all) {
        if (run.runId().equals(notice.getRunId()) && run.isMeant(work)) {
          run.cancel();
        }
      }
    }
  }

  /** Returns once there is none, or after so many milliseconds; says whether there is none. */
  synchronized boolean awaitNone(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!all.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
