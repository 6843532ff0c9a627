package io.millrace.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Tells readers when a stream's topic appears: one question to the broker for all that wait, often
 * while a wait is young, because the first event is awaited. The thread lives only while somebody
 * waits. Thread-safe.
 */
final class TopicPresence implements AutoCloseable {
  private static final long YOUNG_NANOS = 10_000_000_000L;
  private static final long SOON_MILLIS = 20;
  private static final long LATER_MILLIS = 200;

  private record Wait(CompletableFuture<@Nullable Void> present, long since) {}

  private final Admin admin;
  private final Map<String, Wait> waits = new HashMap<>();
  private @Nullable Thread thread;

  TopicPresence(Admin admin) {
    this.admin = admin;
  }

  /** Completes when the topic is there, unless forgotten before. */
  synchronized CompletableFuture<@Nullable Void> whenPresent(String topic) {
    Wait shared =
        waits.computeIfAbsent(
            topic, name -> new Wait(new CompletableFuture<>(), System.nanoTime()));
    if (thread == null) {
      thread = new Thread(this::run, "millrace-client-topics");
      thread.setDaemon(true);
      thread.start();
    }
    return shared.present();
  }

  /** The caller waits no more; others that do must ask again, as they do from time to time. */
  synchronized void forget(String topic) {
    waits.remove(topic);
  }

  boolean isPresent(String topic) {
    return !Topics.describe(admin, List.of(topic)).isEmpty();
  }

  /** As {@link #isPresent}, answered on a thread that must not be held up. */
  CompletableFuture<Boolean> ask(String topic) {
    return Topics.ask(admin, topic);
  }

  private void run() {
    try {
      List<String> names = waited();
      while (!names.isEmpty()) {
        Topics.describe(admin, names).keySet().forEach(this::appeared);
        names = waitedAfterPause();
      }
    } catch (KafkaException e) {
      failAll(e);
    }
  }

  private synchronized List<String> waited() {
    if (waits.isEmpty()) {
      thread = null;
    }
    return new ArrayList<>(waits.keySet());
  }

  private synchronized List<String> waitedAfterPause() {
    long now = System.nanoTime();
    boolean young = waits.values().stream().anyMatch(wait -> now - wait.since() < YOUNG_NANOS);
    Deadline pause = Deadline.in(java.time.Duration.ofMillis(young ? SOON_MILLIS : LATER_MILLIS));
    while (!waits.isEmpty() && pause.waitOn(this)) {
      // a full pause, whoever notifies
    }
    return waited();
  }

  private synchronized void appeared(String topic) {
    @Nullable Wait wait = waits.remove(topic);
    if (wait != null) {
      wait.present().complete(null);
    }
  }

  private synchronized void failAll(RuntimeException e) {
    waits.values().forEach(wait -> wait.present().completeExceptionally(e));
    waits.clear();
    thread = null;
  }

  @Override
  public synchronized void close() {
    waits.clear();
    notifyAll();
  }
}
