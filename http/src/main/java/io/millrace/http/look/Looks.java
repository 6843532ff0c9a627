package io.millrace.http.look;

import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at runs, with as few inspections as there can be: each is a record on the run log, kept for
 * its retention. One of a run is under way at a time; whoever asks meanwhile shares the next one.
 *
 * <p>Nobody shares one that began before he asked. It might not show what he has just done or seen,
 * here or by another coordinator. For the same reason no answer is kept. Thread-safe.
 *
 * <pre>
 * asks:      a     b  c          d
 * inspects:  a--------|(b, c)----|(d)----
 * </pre>
 */
public final class Looks {
  private static final class Line {
    @Nullable CompletableFuture<Look> underWay;

    /** Not begun yet: can still be shared. */
    @Nullable CompletableFuture<Look> next;
  }

  private final WorkflowClient client;

  /** Guards itself and the lines in it. */
  private final Map<String, Line> lines = new HashMap<>();

  public Looks(WorkflowClient client) {
    this.client = client;
  }

  /**
   * The run as it is after this call has begun. Waits for the coordinator that holds it.
   *
   * @throws RuntimeException as {@link WorkflowClient#attachUntyped} does
   */
  public Look at(String runId) {
    Line line;
    CompletableFuture<Look> shared;
    @Nullable CompletableFuture<Look> before;
    boolean first;
    synchronized (lines) {
      line = lines.computeIfAbsent(runId, id -> new Line());
      before = line.underWay;
      @Nullable CompletableFuture<Look> next = line.next;
      first = next == null;
      shared = next == null ? new CompletableFuture<>() : next;
      line.next = shared;
    }
    if (first) {
      ask(runId, line, before, shared);
    }
    return told(shared);
  }

  /** Whoever asked first asks for all that share it, on his own thread. */
  private void ask(
      String runId,
      Line line,
      @Nullable CompletableFuture<Look> before,
      CompletableFuture<Look> shared) {
    if (before != null) {
      over(before);
    }
    synchronized (lines) {
      line.underWay = shared;
      line.next = null;
    }
    try {
      UntypedRunHandle handle = client.attachUntyped(runId);
      shared.complete(new Look(handle, handle.inspectionAtAttach().orElseGet(handle::inspect)));
    } catch (RuntimeException | Error e) {
      shared.completeExceptionally(e);
    } finally {
      synchronized (lines) {
        if (line.next == null) {
          lines.remove(runId);
        }
      }
    }
  }

  /** How it ended is for those who share it. It ends within the time of a request. */
  private static void over(CompletableFuture<Look> look) {
    CompletableFuture<@Nullable Void> end = look.handle((told, error) -> null);
    end.join();
  }

  private static Look told(CompletableFuture<Look> look) {
    try {
      return look.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemKind.UNAVAILABLE, "the server stops; ask another one");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException named) {
        throw named;
      }
      throw new IllegalStateException("a look at a run failed", e.getCause());
    }
  }
}
