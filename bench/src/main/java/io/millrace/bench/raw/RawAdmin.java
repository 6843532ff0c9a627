package io.millrace.bench.raw;

import io.millrace.config.MillraceConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Makes, counts and deletes topics by a plain admin client. Thread-safe. */
public final class RawAdmin implements AutoCloseable {
  private final MillraceConfig config;
  private final Admin admin;

  public RawAdmin(MillraceConfig config) {
    this.config = config;
    this.admin = Admin.create(config.kafka());
  }

  /** All in one request, each with so many partitions; returns when they exist. */
  public void create(Collection<String> topics, int partitions) throws InterruptedException {
    await(
        admin
            .createTopics(
                topics.stream()
                    .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
                    .toList())
            .all());
  }

  /** Writes one record to each, and returns when all are acknowledged: then they are of use. */
  public void write(Collection<String> topics) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    // Sending to a topic that the client does not know waits for news of it, one thread at a time.
    try (KafkaProducer<byte[], byte[]> producer = RawClients.producer(config.kafka())) {
      List<Future<RecordMetadata>> written = new ArrayList<>();
      for (String topic : topics) {
        written.add(
            threads.submit(() -> producer.send(new ProducerRecord<>(topic, new byte[200])).get()));
      }
      for (Future<RecordMetadata> each : written) {
        await(each);
      }
    } finally {
      threads.shutdown();
    }
  }

  /** All in one request. */
  public void delete(Collection<String> topics) throws InterruptedException {
    await(admin.deleteTopics(topics).all());
  }

  public Set<String> names() throws InterruptedException {
    return await(admin.listTopics().names());
  }

  private static <T> T await(Future<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
