package io.millrace.client;

import io.millrace.protocol.RunOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one run's end. A redrive begins a new epoch, and so a new end: what
 * was known of the one before is history. Thread-safe.
 */
final class RunWatch {
  private final String runId;
  private volatile CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
  private volatile int epoch;
  private volatile int terminalSeen = -1;

  RunWatch(String runId) {
    this.runId = runId;
  }

  String runId() {
    return runId;
  }

  /**
   * Of the current epoch. Completes with the outcome, or exceptionally when the client is closed.
   */
  CompletableFuture<RunOutcome> future() {
    return outcome;
  }

  Optional<RunOutcome> known() {
    CompletableFuture<RunOutcome> current = outcome;
    @Nullable RunOutcome now = current.isCompletedExceptionally() ? null : current.getNow(null);
    return Optional.ofNullable(now);
  }

  /** The run is in this epoch at least: outcomes of earlier ones are history. */
  synchronized void atEpoch(int atLeast) {
    epoch = Math.max(epoch, atLeast);
    if (known().isPresent() && known().get().getEpoch() < epoch) {
      outcome = new CompletableFuture<>();
    }
  }

  int epoch() {
    return known().map(RunOutcome::getEpoch).map(e -> Math.max(e, epoch)).orElse(epoch);
  }

  /** One of an epoch after the known one's tells of a redrive that somebody else has asked for. */
  synchronized void offer(RunOutcome candidate) {
    atEpoch(candidate.getEpoch());
    if (candidate.getEpoch() == epoch) {
      outcome.complete(candidate);
    }
  }

  /** A reader of this process has met the terminal event of this epoch on the stream. */
  void sawTerminal(int ofEpoch) {
    terminalSeen = Math.max(terminalSeen, ofEpoch);
  }

  boolean hasSeenTerminal(int ofEpoch) {
    return terminalSeen >= ofEpoch;
  }
}
