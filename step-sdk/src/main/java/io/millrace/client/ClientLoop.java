package io.millrace.client;

import io.millrace.BrokerRefusedException;
import io.millrace.ClientClosedException;
import io.millrace.RequestTimeoutException;
import io.millrace.WorkflowException;
import io.millrace.protocol.MissingRightsException;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.Rights;
import io.millrace.serde.UnreadableProtocolRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one background thread: reads this client's partition of the replies, the outcomes, and the
 * registrations of steps. Its positions are fixed before the first request is sent, so no answer
 * and no outcome is missed (law 9). Topics that are not there yet are waited for.
 */
final class ClientLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClientLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_MILLIS = 100;

  private final ClientSettings settings;
  private final Admin admin;
  private final Consumer<byte[], byte[]> consumer;
  private final PendingReplies replies;
  private final RunWatches watches;
  private final WorkflowCatalog catalog;
  private final CompletableFuture<Integer> replyPartition = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
  private final Thread thread;
  private volatile String missing = "";
  private Map<TopicPartition, Long> registrationsEnd = Map.of();

  ClientLoop(
      ClientSettings settings,
      Admin admin,
      Consumer<byte[], byte[]> consumer,
      PendingReplies replies,
      RunWatches watches,
      WorkflowCatalog catalog) {
    this.settings = settings;
    this.admin = admin;
    this.consumer = consumer;
    this.replies = replies;
    this.watches = watches;
    this.catalog = catalog;
    this.thread = new Thread(this::run, "millrace-client");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * The partition for answers, once positions are fixed.
   *
   * @throws RequestTimeoutException if the coordinator's topics do not appear in time
   */
  int replyPartition(Deadline deadline) {
    try {
      return replyPartition.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new RequestTimeoutException(
          "namespace %s at %s lacks the topics %s; start a coordinator there, or check %s"
              .formatted(
                  settings.namespace().name(),
                  settings.brokers(),
                  missing,
                  "millrace.namespace and bootstrap.servers"));
    } catch (InterruptedException e) {
      throw Deadline.interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static WorkflowException failure(@Nullable Throwable cause) {
    if (cause instanceof MissingRightsException missing) {
      return new BrokerRefusedException(message(missing), missing);
    }
    return cause instanceof WorkflowException known
        ? known
        : new BrokerRefusedException("reading replies failed: " + message(cause), cause);
  }

  private static String message(@Nullable Throwable cause) {
    return cause == null ? "unknown" : String.valueOf(cause.getMessage());
  }

  private void run() {
    RuntimeException reason = new ClientClosedException("the client is closed");
    try {
      if (position()) {
        while (!stop.isDone()) {
          poll();
        }
      }
    } catch (WakeupException e) {
      LOG.debug("client reading thread woken to end");
    } catch (RuntimeException e) {
      if (!stop.isDone()) {
        LOG.error(
            "reading replies and outcomes failed; waiting calls fail, make another client", e);
        reason = failure(e);
      }
    } finally {
      replyPartition.completeExceptionally(reason);
      replies.closeAll(reason);
      watches.close(reason);
      catalog.close(reason);
      // It has no group to leave, and would wait for the broker's answer to its last fetch.
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  /** Returns false if told to stop before the topics appeared. */
  private boolean position() {
    Namespace ns = settings.namespace();
    List<String> needed = List.of(ns.runs(), ns.replies(), ns.outcomes(), ns.steps());
    Map<String, TopicDescription> found = new HashMap<>();
    while (found.size() < needed.size()) {
      TreeSet<String> lacking = new TreeSet<>(needed);
      lacking.removeAll(found.keySet());
      missing = String.join(", ", lacking);
      try {
        found.putAll(Topics.describe(admin, lacking));
      } catch (KafkaException e) {
        checkRights(); // says all that is missing, where Kafka names a topic
        throw e;
      }
      if (found.size() < needed.size() && stopsWithin(RETRY_MILLIS)) {
        return false;
      }
    }
    checkRights();
    int replyPartitions = described(found, ns.replies()).partitions().size();
    int mine = ThreadLocalRandom.current().nextInt(replyPartitions);
    List<TopicPartition> fromEnd = partitions(described(found, ns.outcomes()));
    fromEnd.add(new TopicPartition(ns.replies(), mine));
    List<TopicPartition> fromStart = partitions(described(found, ns.steps()));
    List<TopicPartition> all = new ArrayList<>(fromEnd);
    all.addAll(fromStart);
    consumer.assign(all);
    Map<TopicPartition, Long> ends = ends(all);
    fromEnd.forEach(partition -> consumer.seek(partition, ends.getOrDefault(partition, 0L)));
    consumer.seekToBeginning(fromStart);
    registrationsEnd = new HashMap<>(ends);
    registrationsEnd.keySet().retainAll(fromStart);
    replyPartition.complete(mine);
    checkComplete();
    return true;
  }

  private void checkRights() {
    Namespace ns = settings.namespace();
    try {
      Rights.of("this client", settings.kafka())
          .onTopic(ns.runs(), AclOperation.WRITE)
          .onTopic(ns.replies(), AclOperation.READ)
          .onTopic(ns.outcomes(), AclOperation.READ)
          .onTopic(ns.steps(), AclOperation.READ)
          .check(admin);
    } catch (ExecutionException e) {
      LOG.warn("rights are not known, what is missing shows later: {}", e.getMessage());
    }
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
    while (true) {
      try {
        return consumer.endOffsets(partitions);
      } catch (RetriableException e) {
        LOG.warn("end offsets not known yet, asking again: {}", e.getMessage());
        if (stopsWithin(RETRY_MILLIS)) {
          throw new WakeupException();
        }
      }
    }
  }

  private static TopicDescription described(Map<String, TopicDescription> found, String topic) {
    TopicDescription description = found.get(topic);
    if (description == null) {
      throw new IllegalStateException("topic " + topic + " was not described");
    }
    return description;
  }

  private static List<TopicPartition> partitions(TopicDescription topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    topic
        .partitions()
        .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    return partitions;
  }

  private boolean stopsWithin(long millis) {
    try {
      stop.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      return true;
    }
  }

  private void poll() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      checkComplete();
    } catch (RetriableException e) {
      LOG.warn("reading replies and outcomes hit {}; trying again", e.toString());
    }
  }

  private void checkComplete() {
    if (!registrationsEnd.isEmpty()
        && registrationsEnd.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      registrationsEnd = Map.of();
      catalog.complete();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    Namespace ns = settings.namespace();
    byte @Nullable [] value = record.value();
    try {
      if (record.topic().equals(ns.steps())) {
        registration(key, value);
      } else if (value != null && record.topic().equals(ns.replies()) && replies.isOpen(key)) {
        replies.offer(ProtocolCodecs.REPLY.decode(value));
      } else if (value != null && record.topic().equals(ns.outcomes()) && watches.isWatched(key)) {
        watches.offer(ProtocolCodecs.OUTCOME.decode(value));
      }
    } catch (UnreadableProtocolRecordException e) {
      LOG.warn(
          "unreadable record skipped: topic={} partition={} offset={}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  private void registration(String key, byte @Nullable [] value) {
    if (value == null) {
      catalog.remove(key);
    } else {
      catalog.register(ProtocolCodecs.REGISTRATION.decode(value));
    }
  }

  @Override
  public void close() {
    stop.complete(null);
    consumer.wakeup();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.warn("closing the reading thread failed; it is a daemon and ends with the process", e);
    }
  }
}
