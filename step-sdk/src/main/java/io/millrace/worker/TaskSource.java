package io.millrace.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Where a step's records come from. One thread polls and closes; acknowledgements and releases come
 * from any thread.
 */
interface TaskSource extends AutoCloseable {
  /**
   * The next records, at most {@code free} of them; with none free it only keeps the membership
   * alive.
   *
   * @param wait how long to wait for the first
   */
  List<Task> poll(int free, Duration wait);

  /** Takes records from these topics from now on; for the thread that polls. */
  void follow(Collection<String> topics);

  /** The record is dealt with and never comes again. Ignored if it belongs to others by now. */
  void acknowledge(Task task);

  /** The record was not dealt with: somebody shall have it. */
  void release(Task task);

  /** Acknowledgements that are not yet known to be recorded may wait for the next poll. */
  boolean hasUnsettled();

  /** Ends a waiting {@link #poll} early; any thread. */
  void wakeup();

  /** Records what is acknowledged and leaves; the rest is delivered to others. */
  @Override
  void close();
}
