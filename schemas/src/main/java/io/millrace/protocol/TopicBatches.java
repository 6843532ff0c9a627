package io.millrace.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * Creates single topics for many threads. A creation takes a controller about as long as a hundred,
 * so those that come while a request is under way share the next one; the first does not wait.
 * Thread-safe.
 */
public final class TopicBatches {
  private final Admin admin;
  private Map<TopicSpec, CompletableFuture<Void>> waiting = new LinkedHashMap<>();
  private boolean underWay;

  /**
   * @param admin stays the caller's
   */
  public TopicBatches(Admin admin) {
    this.admin = admin;
  }

  /**
   * Returns once the topic exists, also if somebody else made it.
   *
   * @throws TopicCreationException naming the topic and the broker's reason
   * @throws InterruptException if interrupted; the flag stays set
   */
  public void ensure(TopicSpec spec) {
    CompletableFuture<Void> created;
    synchronized (this) {
      created = waiting.computeIfAbsent(spec, s -> new CompletableFuture<>());
    }
    sendNext();
    try {
      created.get();
    } catch (ExecutionException e) {
      throw new TopicCreationException(spec.name(), e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void sendNext() {
    Map<TopicSpec, CompletableFuture<Void>> batch;
    synchronized (this) {
      if (underWay || waiting.isEmpty()) {
        return;
      }
      underWay = true;
      batch = waiting;
      waiting = new LinkedHashMap<>();
    }
    send(batch);
  }

  private void send(Map<TopicSpec, CompletableFuture<Void>> batch) {
    try {
      Map<String, KafkaFuture<Void>> requested =
          admin.createTopics(batch.keySet().stream().map(TopicSpec::toNewTopic).toList()).values();
      batch.forEach(
          (spec, created) ->
              Objects.requireNonNull(requested.get(spec.name()))
                  .whenComplete((done, error) -> settle(created, error)));
      KafkaFuture.allOf(requested.values().toArray(KafkaFuture[]::new))
          .whenComplete((done, error) -> ended());
    } catch (RuntimeException e) {
      batch.values().forEach(created -> settle(created, e));
      ended();
    }
  }

  private void ended() {
    synchronized (this) {
      underWay = false;
    }
    sendNext();
  }

  private static void settle(CompletableFuture<Void> created, @Nullable Throwable error) {
    Throwable reason =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (reason == null || reason instanceof TopicExistsException) {
      created.complete(null);
    } else {
      created.completeExceptionally(reason);
    }
  }
}
