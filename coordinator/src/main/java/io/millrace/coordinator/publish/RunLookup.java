package io.millrace.coordinator.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks what the coordinator knows of a run. */
@FunctionalInterface
interface RunLookup {
  /** Empty: no answer within {@code timeout}. */
  Optional<Standing> ask(String runId, Duration timeout);

  /**
   * @param known false: it never was, or nothing is kept of it any more
   * @param endedAt null: unknown, or under way
   */
  record Standing(boolean known, @Nullable Instant endedAt) {
    static final Standing UNKNOWN = new Standing(false, null);

    /** Whether the run's stream has to be there at {@code now}, or may still grow. */
    boolean keepsStream(Instant now, Duration retention) {
      return known && (endedAt == null || now.isBefore(endedAt.plus(retention)));
    }
  }
}
