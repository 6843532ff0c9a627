package io.millrace.client;

import io.millrace.protocol.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * R4: the terminal event is on the stream before a result is given. Bounded: a publisher that is
 * down must not withhold results, so after a while the wait ends with a warning. No thread is held
 * while a result waits. Thread-safe.
 */
final class TerminalWait {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalWait.class);
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final ClientLink link;

  TerminalWait(ClientLink link) {
    this.link = link;
  }

  /** Whether what follows an outcome may still be on its way; clocks may differ a little. */
  static boolean isRecent(RunOutcome outcome) {
    return outcome.getEndedAt().isAfter(Instant.now().minus(RECENT));
  }

  /**
   * Completes when the terminal event is there, cannot be expected any more, or time is up; on a
   * thread that must not be held up. Whoever waits no longer cancels it.
   *
   * @param deadline of the caller
   */
  CompletableFuture<@Nullable Void> begin(RunWatch watch, RunOutcome outcome, Deadline deadline) {
    if (!Outcomes.mayHaveStreamed(outcome)
        || watch.hasSeenTerminal(outcome.getEpoch())
        || !isRecent(outcome)) {
      return CompletableFuture.completedFuture(null);
    }
    String topic = link.namespace().stream(outcome.getWorkflow(), outcome.getRunId());
    if (outcome.getStreamed()) {
      return appears(topic, watch, outcome, deadline);
    }
    return link.presence()
        .ask(topic)
        .thenCompose(
            present ->
                present
                    ? appears(topic, watch, outcome, deadline)
                    : CompletableFuture.completedFuture(null));
  }

  private CompletableFuture<@Nullable Void> appears(
      String topic, RunWatch watch, RunOutcome outcome, Deadline deadline) {
    Duration bound = BOUND.compareTo(deadline.remaining()) < 0 ? BOUND : deadline.remaining();
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> noted = seen.thenAccept(is -> note(is, watch, outcome));
    noted.whenComplete(
        (done, error) -> {
          if (noted.isCancelled()) {
            seen.cancel(false);
          }
        });
    link.terminals().await(topic, outcome.getEpoch(), Deadline.in(bound), seen);
    return noted;
  }

  private static void note(boolean seen, RunWatch watch, RunOutcome outcome) {
    if (seen) {
      watch.sawTerminal(outcome.getEpoch());
    } else {
      LOG.warn(
          "the terminal event is not on the stream yet; giving the result without it: runId={}",
          outcome.getRunId());
    }
  }
}
