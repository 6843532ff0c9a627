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

  /** Of each run the ones that are in use, the newest last. */
  private final Map<String, List<Ref>> watches = new HashMap<>();

  private final ReferenceQueue<RunWatch> garbage = new ReferenceQueue<>();
  private final Set<RunWatch> pinned = new HashSet<>();
  private boolean closed;

  /** The watch of this run; outcomes that arrive from now on complete it. */
  synchronized RunWatch watch(String runId) {
    if (closed) {
      throw new ClientClosedException("the client is closed; run " + runId + " goes on without it");
    }
    expunge();
    List<RunWatch> inUse = inUse(runId);
    RunWatch newest = inUse.isEmpty() ? null : inUse.get(inUse.size() - 1);
    // A finished watch may be of a life before this one: whoever asks anew, learns anew.
    if (newest != null && !newest.future().isDone()) {
      return newest;
    }
    RunWatch watch = new RunWatch(runId);
    watches.computeIfAbsent(runId, id -> new ArrayList<>()).add(new Ref(watch, garbage));
    return watch;
  }

  private List<RunWatch> inUse(String runId) {
    List<RunWatch> inUse = new ArrayList<>();
    for (Ref ref : watches.getOrDefault(runId, List.of())) {
      @Nullable RunWatch watch = ref.get();
      if (watch != null) {
        inUse.add(watch);
      }
    }
    return inUse;
  }

  /** The run was redriven: outcomes before this epoch are history to everybody here. */
  void atEpoch(RunWatch asking, int epoch) {
    List<RunWatch> all;
    synchronized (this) {
      all = inUse(asking.runId());
    }
    asking.atEpoch(epoch);
    all.forEach(watch -> watch.atEpoch(epoch));
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
    List<RunWatch> all;
    synchronized (this) {
      all = inUse(outcome.getRunId());
    }
    all.forEach(watch -> watch.offer(outcome));
  }

  synchronized int size() {
    expunge();
    return watches.size();
  }

  void close(RuntimeException reason) {
    List<RunWatch> open = new ArrayList<>();
    synchronized (this) {
      closed = true;
      watches.keySet().forEach(runId -> open.addAll(inUse(runId)));
      watches.clear();
    }
    open.forEach(watch -> watch.future().completeExceptionally(reason));
  }

  private void expunge() {
    for (Object gone = garbage.poll(); gone != null; gone = garbage.poll()) {
      Ref ref = (Ref) gone;
      watches.computeIfPresent(
          ref.runId,
          (runId, refs) -> {
            refs.remove(ref);
            return refs.isEmpty() ? null : refs;
          });
    }
  }
}
