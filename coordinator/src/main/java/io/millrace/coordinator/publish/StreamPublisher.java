package io.millrace.coordinator.publish;

import io.millrace.coordinator.codec.FactCodec;
import io.millrace.coordinator.codec.UnreadableRecordException;
import io.millrace.protocol.ExpireStream;
import io.millrace.protocol.Headers;
import io.millrace.protocol.IllegalNameException;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.TerminalFact;
import io.millrace.protocol.TopicSpecs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts committed facts on run streams (law 10): reads them committed, writes them, waits for the
 * acknowledgement, commits. After an error the facts since the last commit are read and written
 * again; readers drop the repeats by fact id. Coordinators share the work as one consumer group.
 * One thread owns the consumer.
 */
public final class StreamPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPublisher.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Namespace namespace;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Producer<byte[], byte[]> producer;
  private final StreamTopics topics;
  private final StreamRecords records;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  /**
   * @param consumers of the publisher's group, reading committed, without auto commit
   * @param producer plain and idempotent
   */
  public StreamPublisher(
      TopicSpecs specs,
      Cluster cluster,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Producer<byte[], byte[]> producer) {
    this.namespace = specs.namespace();
    this.consumers = consumers;
    this.producer = producer;
    this.topics = new StreamTopics(cluster, specs);
    this.records = new StreamRecords(namespace);
    this.thread = new Thread(this::run, "millrace-stream-publisher");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean open() {
    return closing.getCount() > 0;
  }

  private void run() {
    while (open()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        current = consumer;
        consumer.subscribe(List.of(namespace.facts()));
        while (open()) {
          List<RunFact> facts = new ArrayList<>();
          consumer.poll(POLL).forEach(record -> read(record, facts));
          if (!facts.isEmpty()) {
            publish(facts);
            consumer.commitSync();
          }
        }
      } catch (WakeupException | InterruptException e) {
        if (open()) {
          LOG.warn("publishing was interrupted, it goes on from the last commit");
        }
      } catch (RuntimeException e) {
        // Whatever it is: without this thread no prompt and no end of a run would reach a stream.
        LOG.warn("publishing failed, it goes on from the last commit", e);
        topics.doubt();
        pause();
      } finally {
        current = null;
      }
    }
  }

  private void publish(List<RunFact> facts) {
    Set<String> expired = new LinkedHashSet<>();
    List<RunFact> makers = new ArrayList<>();
    for (RunFact fact : facts) {
      if (fact.getBody() instanceof ExpireStream) {
        expired.add(topics.name(fact));
      } else if (makesTopic(fact)) {
        makers.add(fact);
      }
    }
    topics.ensure(makers);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (RunFact fact : facts) {
      if (makesTopic(fact) || (mayHaveTopic(fact) && topics.exists(fact))) {
        records.entry(fact).ifPresent(entry -> sent.add(producer.send(entry)));
      }
    }
    sent.forEach(StreamPublisher::await);
    topics.delete(expired);
  }

  /** A run that has streamed has a topic; it is created again only if somebody deleted it. */
  private static boolean makesTopic(RunFact fact) {
    return fact.getCreateStream()
        || (fact.getBody() instanceof TerminalFact terminal && terminal.getOutcome().getStreamed());
  }

  /**
   * False for the end of a run that never streamed: no question to the cluster for it. Steps that
   * were at work when their run ended may have streamed without having said so.
   */
  private static boolean mayHaveTopic(RunFact fact) {
    if (fact.getBody() instanceof TerminalFact terminal) {
      return !terminal.getOutcome().getActiveSteps().isEmpty();
    }
    return !(fact.getBody() instanceof ExpireStream);
  }

  private void read(ConsumerRecord<byte[], byte[]> record, List<RunFact> facts) {
    try {
      RunFact fact = FactCodec.decode(record.value());
      Namespace.checkRunId(fact.getRunId());
      Namespace.checkWorkflow(fact.getWorkflow());
      facts.add(fact);
    } catch (UnreadableRecordException | IllegalNameException e) {
      String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
      LOG.warn(
          "unreadable fact, sent to the dead letters origin={} error={}", origin, e.getMessage());
      ProducerRecord<byte[], byte[]> letter =
          new ProducerRecord<>(namespace.deadLetters(), record.key(), record.value());
      header(letter, Headers.ORIGIN, origin);
      header(letter, Headers.ERROR_TYPE, e.getClass().getName());
      header(letter, Headers.ERROR_MESSAGE, String.valueOf(e.getMessage()));
      await(producer.send(letter));
    }
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String text) {
    record.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void await(Future<RecordMetadata> sent) {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void pause() {
    try {
      closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
      Thread.currentThread().interrupt();
    }
  }
}
