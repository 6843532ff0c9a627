package io.millrace.client;

import io.millrace.EventStream;
import io.millrace.StreamOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** A run's stream, read anew by each iterator. */
final class RunStream implements EventStream {
  private final ClientLink link;
  private final String workflow;
  private final RunWatch watch;
  private final StreamOptions options;
  private final StreamView view;

  /** Weak: iterators of abandoned loops are not kept. */
  private final Set<EventIterator> open =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  RunStream(
      ClientLink link, String workflow, RunWatch watch, StreamOptions options, StreamView view) {
    this.link = link;
    this.workflow = workflow;
    this.watch = watch;
    this.options = options;
    this.view = view;
  }

  @Override
  public EventIterator iterator() {
    StreamReader reader = new StreamReader(link, workflow, watch, options, view);
    open.add(reader);
    return reader;
  }

  @Override
  public void close() {
    List<EventIterator> all;
    synchronized (open) {
      all = new ArrayList<>(open);
      open.clear();
    }
    all.forEach(EventIterator::close);
  }
}
