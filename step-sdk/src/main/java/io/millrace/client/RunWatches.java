package io.millrace.client;

import io.millrace.ClientClosedException;
import io.millrace.protocol.RunOutcome;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runs whose end somebody here may ask for. Weak: a run is remembered as long as its handle is
 * in use, or a future of its result is pending. Thread-safe.
 */
final class RunWatches {
  private static final class Ref extends WeakReference<RunWatch> {
    private final String runId;

    Ref(RunWatch watch, ReferenceQueue<RunWatch> queue) {
      super(watch, queue);
      this.runId = watch.runId();
    }
  }

  private final Map<String, Ref> watches = new HashMap<>();
  private final ReferenceQueue<RunWatch> garbage = new ReferenceQueue<>();
  private final Set<RunWatch> pinned = new HashSet<>();
  private boolean closed;

  /** The watch of this run; outcomes that arrive from now on complete it. */
  synchronized RunWatch watch(String runId) {
    if (closed) {
      throw new ClientClosedException("the client is closed; run " + runId + " goes on without it");
    }
    expunge();
    @Nullable Ref ref = watches.get(runId);
    @Nullable RunWatch watch = ref == null ? null : ref.get();
    // A finished watch may be of an epoch before a redrive: whoever asks anew, learns anew.
    if (watch == null || watch.future().isDone()) {
      watch = new RunWatch(runId);
      watches.put(runId, new Ref(watch, garbage));
    }
    return watch;
  }

  /** Keeps the watch until it is done, whoever else forgets it. */
  void pin(RunWatch watch) {
    synchronized (this) {
      if (closed || watch.future().isDone() || !pinned.add(watch)) {
        return;
      }
    }
    watch.future().whenComplete((outcome, error) -> unpin(watch));
  }

  private synchronized void unpin(RunWatch watch) {
    pinned.remove(watch);
  }

  synchronized boolean isWatched(String runId) {
    return watches.containsKey(runId);
  }

  void offer(RunOutcome outcome) {
    @Nullable RunWatch watch;
    synchronized (this) {
      @Nullable Ref ref = watches.get(outcome.getRunId());
      watch = ref == null ? null : ref.get();
    }
    if (watch != null) {
      watch.offer(outcome);
    }
  }

  synchronized int size() {
    expunge();
    return watches.size();
  }

  void close(RuntimeException reason) {
    List<RunWatch> open = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (Ref ref : watches.values()) {
        @Nullable RunWatch watch = ref.get();
        if (watch != null) {
          open.add(watch);
        }
      }
      watches.clear();
    }
    open.forEach(watch -> watch.future().completeExceptionally(reason));
  }

  private void expunge() {
    for (Object gone = garbage.poll(); gone != null; gone = garbage.poll()) {
      Ref ref = (Ref) gone;
      watches.remove(ref.runId, ref);
    }
  }
}
