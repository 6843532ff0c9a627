package io.millrace.coordinator.topology;

import io.millrace.protocol.WorkerBeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who was heard of when, by one clock: the append times of the one partition of the workers topic
 * (law 13). Time goes on here only as records arrive, so a coordinator that hears nothing declares
 * nobody dead; coordinators beat too, so that time goes on when all workers are silent.
 * Thread-safe.
 */
public final class BeatLedger implements Liveness {
  private static final long FORGET_AFTER_LEASES = 20;

  private record Heard(long atMillis, long leaseMillis, boolean goodbye) {}

  private final String self;
  private final long unknownLeaseMillis;
  private final Map<String, Heard> heard = new HashMap<>();
  private long newestMillis;

  /** Append time of this coordinator's first own beat. */
  private @Nullable Long startedMillis;

  /**
   * @param self this coordinator's incarnation
   * @param unknownLease of a worker of whom nothing was ever heard
   */
  public BeatLedger(String self, Duration unknownLease) {
    this.self = self;
    this.unknownLeaseMillis = unknownLease.toMillis();
  }

  /**
   * @param appendMillis the record's broker append time
   */
  public synchronized void hear(WorkerBeat beat, long appendMillis) {
    newestMillis = Math.max(newestMillis, appendMillis);
    if (beat.getIncarnation().equals(self)) {
      if (startedMillis == null) {
        startedMillis = appendMillis;
      }
      forgetOld();
    } else {
      Heard before = heard.get(beat.getIncarnation());
      // A reader that begins again hears the past once more; that makes nobody silent.
      heard.put(
          beat.getIncarnation(),
          new Heard(
              before == null ? appendMillis : Math.max(before.atMillis(), appendMillis),
              Math.max(1, beat.getLeaseMillis()),
              beat.getGoodbye() || (before != null && before.goodbye())));
    }
  }

  @Override
  public synchronized Optional<String> lost(String worker, long sinceMillis) {
    Heard last = heard.get(worker);
    if (last != null && last.goodbye()) {
      return Optional.of("its worker has said goodbye");
    }
    if (startedMillis == null) {
      return Optional.empty();
    }
    if (last == null) {
      long waited = newestMillis - Math.max(startedMillis, sinceMillis);
      return waited > unknownLeaseMillis
          ? Optional.of("nothing was heard of its worker for " + waited + " ms")
          : Optional.empty();
    }
    long silent = newestMillis - last.atMillis();
    boolean graceOver = newestMillis - startedMillis > last.leaseMillis();
    return silent > last.leaseMillis() && graceOver
        ? Optional.of(
            "its worker is silent for " + silent + " ms, lease " + last.leaseMillis() + " ms")
        : Optional.empty();
  }

  /** Forgotten workers count as never heard of, which has the same verdict. */
  private void forgetOld() {
    heard
        .values()
        .removeIf(
            h ->
                newestMillis - h.atMillis()
                    > FORGET_AFTER_LEASES * Math.max(h.leaseMillis(), unknownLeaseMillis));
  }
}
