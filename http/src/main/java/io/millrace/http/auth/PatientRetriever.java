package io.millrace.http.auth;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches documents of an identity provider with patience for one that is down: one fetch at a
 * time, and after a failure none for a while. Otherwise, while it is down, every request would hold
 * a thread of the server until a fetch has failed. Thread-safe.
 */
final class PatientRetriever implements ResourceRetriever {
  /** For who finds a fetch under way. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final ResourceRetriever web;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();

  /** Guarded by the lock, as is its time. */
  private @Nullable String failure;

  private long failedAt;

  PatientRetriever(ResourceRetriever web, LongSupplier nanoTime) {
    this.web = web;
    this.nanoTime = nanoTime;
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    if (!isMyTurn()) {
      throw new IOException("it is being fetched for others already");
    }
    try {
      if (failure != null && nanoTime.getAsLong() - failedAt < PAUSE.toNanos()) {
        throw new IOException(failure);
      }
      return fetched(url);
    } finally {
      fetching.unlock();
    }
  }

  private Resource fetched(URL url) throws IOException {
    try {
      Resource fetched = web.retrieveResource(url);
      failure = null;
      return fetched;
    } catch (IOException e) {
      failure = "it could not be fetched a moment ago (" + e.getMessage() + ")";
      failedAt = nanoTime.getAsLong();
      throw e;
    }
  }

  private boolean isMyTurn() throws IOException {
    try {
      return fetching.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
