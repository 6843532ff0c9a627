package io.millrace;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One run, from outside. Thread-safe. Waiting costs no thread in the cluster: a handle may be
 * dropped and another attached later, elsewhere.
 *
 * @param <O> stop event
 */
public interface RunHandle<O> {
  String runId();

  String workflow();

  /** The stream from its start. */
  EventStream streamEvents();

  EventStream streamEvents(StreamOptions options);

  /**
   * Waits for the end, however long it takes. The terminal event is on the stream before this
   * returns or throws.
   *
   * @return the stop event
   * @throws RunFailedException if the run failed
   * @throws RunTimedOutException if its time was up
   * @throws RunCancelledException if it was cancelled
   * @throws RunStalledException if it stalled
   */
  O result();

  /**
   * As {@link #result()}, for at most this long.
   *
   * @throws ResultTimeoutException if the run has not ended by then; it goes on
   */
  O result(Duration timeout);

  /** As {@link #result()}; fails with the same exceptions. Cancelling the future does nothing. */
  CompletableFuture<O> resultAsync();

  /**
   * Sends an event to the run and waits until the coordinator has accepted it.
   *
   * @return false if an event with this id had been accepted before
   * @throws UnknownRunException if there is no such run
   * @throws RunFinishedException if it has ended
   * @throws RequestTimeoutException if no coordinator answered
   */
  boolean sendEvent(Object event);

  /** As {@link #sendEvent(Object)}. */
  boolean sendEvent(Object event, SendOptions options);

  /**
   * Cancels the run; idempotent.
   *
   * @return whether it was running
   * @throws UnknownRunException if there is no such run
   */
  boolean cancel();

  /** As {@link #cancel()}, with a reason for the outcome. */
  boolean cancel(String reason);

  /**
   * Goes on with a failed run: all its executions that were open when it failed are dispatched
   * again, with fresh attempts, in a new epoch (E5). This handle follows: its result is the new
   * epoch's, and its streams end with the new epoch's terminal event.
   *
   * @throws NotRedrivableException if the run did not fail, or nothing of it is left to redrive
   * @throws UnknownRunException if there is no such run
   */
  Redriven redrive();

  /**
   * As {@link #redrive()}, of this execution alone, which {@link RunFailedException#executionId} or
   * an inspection names; the others stay as they are.
   */
  Redriven redrive(String executionId);

  /**
   * @throws UnknownRunException if there is no such run
   */
  RunInspection inspect();
}
