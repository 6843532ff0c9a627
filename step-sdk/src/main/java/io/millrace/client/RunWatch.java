package io.millrace.client;

import io.millrace.protocol.RunOutcome;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one run's end. A redrive begins a new epoch, and so a new end: what
 * was known of the one before is history. Thread-safe.
 */
final class RunWatch {
  private final String runId;
  private final Set<CompletableFuture<RunOutcome>> waiting = ConcurrentHashMap.newKeySet();
  private volatile CompletableFuture<RunOutcome> outcome = fresh();
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

  /**
   * As {@link #future}, for one who may wait no longer: a stage of that future would stay with it
   * until the run ends, this one is forgotten once it is done or cancelled.
   */
  CompletableFuture<RunOutcome> await() {
    CompletableFuture<RunOutcome> end = new CompletableFuture<>();
    CompletableFuture<RunOutcome> current;
    synchronized (this) {
      current = outcome;
      waiting.add(end);
    }
    if (current.isDone()) { // perhaps before we were among those who are told
      waiting.remove(end);
      return current.copy();
    }
    CompletableFuture<RunOutcome> unused = end.whenComplete((ended, error) -> waiting.remove(end));
    return end;
  }

  /** How many wait. */
  int waiting() {
    return waiting.size();
  }

  private CompletableFuture<RunOutcome> fresh() {
    CompletableFuture<RunOutcome> next = new CompletableFuture<>();
    CompletableFuture<RunOutcome> unused = next.whenComplete(this::tell);
    return next;
  }

  private void tell(@Nullable RunOutcome ended, @Nullable Throwable error) {
    for (CompletableFuture<RunOutcome> end : waiting) {
      if (error == null) {
        end.complete(ended);
      } else {
        end.completeExceptionally(error);
      }
    }
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
      outcome = fresh();
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
