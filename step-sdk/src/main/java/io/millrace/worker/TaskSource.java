package io.millrace.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where a step's records come from: a consumer group ({@link GroupTaskSource}) or a share group
 * ({@link ShareTaskSource}). Both are held to one suite:
 *
 * <ul>
 *   <li>a group without a position begins at the start of its topics (law 4)
 *   <li>a record comes once while all is well; if nobody acknowledged it, it comes again, and then
 *       says that it may have come before
 *   <li>acknowledgements may come in any order; they are recorded with a later poll or at the close
 *   <li>whoever asks learns when an acknowledgement is recorded
 *   <li>what a poll hands out is never more than the slots that it was given
 * </ul>
 *
 * One thread polls, follows, drains and closes; acknowledgements, releases and wake-ups come from
 * any thread.
 */
interface TaskSource extends AutoCloseable {
  /**
   * The next records, at most {@code free} of them; with fewer free than {@link #least} it takes
   * none, but keeps the membership alive and records what was acknowledged.
   *
   * @param wait how long to wait for the first
   * @throws TaskSourceConflictException if the group is of the other kind
   */
  List<Task> poll(int free, Duration wait);

  /** Takes records from these topics from now on; for the thread that polls. */
  void follow(Collection<String> topics);

  /**
   * Takes no more records, and leaves them to others as far as that does not endanger what was
   * handed out, which may still be acknowledged or released; for the thread that polls.
   */
  void drain();

  /** The record is dealt with and never comes again. Ignored if it belongs to others by now. */
  void acknowledge(Task task);

  /**
   * Ends, always normally, once it is recorded that the record is dealt with, or nothing can be
   * recorded here any more: it belongs to others, or this is closed. Somebody waits for it, so it
   * is recorded as soon as it is acknowledged. For the thread that polls.
   */
  CompletableFuture<Void> recorded(Task task);

  /** Somebody waits for what {@link #recorded} gave: poll often. For the thread that polls. */
  boolean isAwaited();

  /** The record was not dealt with: somebody shall have it. */
  void release(Task task);

  /** Acknowledgements that are not yet known to be recorded may wait for the next poll. */
  boolean hasUnsettled();

  /** How many slots must be free for {@link #poll} to take records; for the thread that polls. */
  int least();

  /**
   * The last {@link #poll} had slots to fill and took nothing, because records that it handed out
   * earlier are not acknowledged; to adopt them would help. For the thread that polls.
   */
  boolean isHeldUp();

  /** Ends a waiting {@link #poll} early; any thread. */
  void wakeup();

  /** Records what is acknowledged and leaves; the rest is delivered to others. */
  @Override
  void close();
}
