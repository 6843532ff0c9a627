package io.millrace.client;

import io.millrace.ClientClosedException;
import io.millrace.protocol.RunOutcome;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
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

  /** Kept while somebody waits for their end; with how many do. */
  private final Map<RunWatch, Integer> pinned = new IdentityHashMap<>();

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

  /**
   * What is made of the run's end, once it is there; meanwhile the watch is kept, whoever else
   * forgets it. A result that is cancelled leaves nothing behind: who waits a minute, again and
   * again, must not add to what is kept until the run ends.
   *
   * @param on where {@code made} is called
   */
  <T> CompletableFuture<T> whenEnded(
      RunWatch watch, Function<RunOutcome, CompletableFuture<T>> made, Executor on) {
    CompletableFuture<RunOutcome> end = watch.await();
    pin(watch, end);
    CompletableFuture<T> result = end.thenComposeAsync(made, on);
    CompletableFuture<T> unused =
        result.whenComplete(
            (value, error) -> {
              if (result.isCancelled()) {
                end.cancel(false);
              }
            });
    return result;
  }

  private void pin(RunWatch watch, CompletableFuture<RunOutcome> end) {
    synchronized (this) {
      if (closed || end.isDone()) {
        return;
      }
      pinned.merge(watch, 1, Integer::sum);
    }
    CompletableFuture<RunOutcome> unused = end.whenComplete((outcome, error) -> unpin(watch));
  }

  private synchronized void unpin(RunWatch watch) {
    pinned.computeIfPresent(watch, (same, waiting) -> waiting == 1 ? null : waiting - 1);
  }

  /** How many watches are kept because somebody waits. */
  synchronized int pinned() {
    return pinned.size();
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
