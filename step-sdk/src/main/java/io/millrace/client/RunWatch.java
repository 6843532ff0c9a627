package io.millrace.client;

import io.millrace.protocol.RunOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What this process knows of one run's end. Thread-safe. */
final class RunWatch {
  private final String runId;
  private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
  private volatile int epoch;
  private volatile int terminalSeen = -1;

  RunWatch(String runId) {
    this.runId = runId;
  }

  String runId() {
    return runId;
  }

  /** Completes with the outcome, or exceptionally when the client is closed. */
  CompletableFuture<RunOutcome> future() {
    return outcome;
  }

  Optional<RunOutcome> known() {
    @Nullable RunOutcome now = outcome.isCompletedExceptionally() ? null : outcome.getNow(null);
    return Optional.ofNullable(now);
  }

  /** The run is in this epoch at least: outcomes of earlier ones are history. */
  void atEpoch(int atLeast) {
    epoch = Math.max(epoch, atLeast);
  }

  int epoch() {
    return known().map(RunOutcome::getEpoch).map(e -> Math.max(e, epoch)).orElse(epoch);
  }

  void offer(RunOutcome candidate) {
    if (candidate.getEpoch() >= epoch) {
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
