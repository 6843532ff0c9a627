package io.millrace;

import java.util.Iterator;

/**
 * A run's stream, read as often as it is iterated. Reading ends after the terminal event, which is
 * yielded. Thread-safe; each iterator is for one thread at a time.
 */
public interface EventStream extends Iterable<StreamedEvent>, AutoCloseable {
  @Override
  EventIterator iterator();

  /** Ends the iterators that are open; reading can begin anew afterwards. */
  @Override
  void close();

  /**
   * One reading. {@code hasNext} and {@code next} wait for the run. Closes itself at the end; one
   * that is abandoned is released when it is garbage, so closing matters only to those who make
   * many.
   */
  interface EventIterator extends Iterator<StreamedEvent>, AutoCloseable {
    /** From any thread; a waiting {@code hasNext} returns false. */
    @Override
    void close();
  }
}
