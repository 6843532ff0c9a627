package io.millrace.coordinator.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients that Streams works with: its producer is a {@link DispatchProducer}; its main
 * consumer reads the run log uncommitted, so that a foreign transaction cannot hold it back (law
 * 18), and waits as long as a {@link PollPacer} says. Everything else is Kafka's own.
 */
public final class ShellClients implements KafkaClientSupplier {
  /** No record that the coordinator writes is larger. */
  public static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

  private static final int MAX_BLOCK_MS = 1_500;
  private static final int DELIVERY_TIMEOUT_MS = 3_000;
  private static final Duration PATIENCE = Duration.ofMillis(MAX_BLOCK_MS + DELIVERY_TIMEOUT_MS);

  private final InputSink sink;
  private final String runLog;
  private final ThreadParts threads;

  public ShellClients(InputSink sink, String runLog, ThreadParts threads) {
    this.sink = sink;
    this.runLog = runLog;
    this.threads = threads;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new DispatchProducer(
        producer(config), threads, producer(plain(config, "dispatch")), sink, runLog, PATIENCE);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    Map<String, Object> uncommitted = new HashMap<>(config);
    uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    return new KafkaConsumer<>(
        uncommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
      @Override
      public ConsumerRecords<byte[], byte[]> poll(Duration asked) {
        CommitPacer commits = threads.commits();
        long untilCommit = commits.untilDue(System.nanoTime());
        ConsumerRecords<byte[], byte[]> records =
            super.poll(threads.polls().patience(asked, untilCommit, System.currentTimeMillis()));
        if (records.isEmpty()) {
          commits.commitIfDue(System.nanoTime());
        }
        return records;
      }
    };
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  /**
   * Settings of a plain idempotent producer that gives up on a record well before a transaction
   * would time out.
   */
  public static Map<String, Object> plain(Map<String, ?> config, String purpose) {
    Map<String, Object> plain = new HashMap<>(config);
    plain.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    Object clientId = plain.getOrDefault(ProducerConfig.CLIENT_ID_CONFIG, "millrace");
    plain.put(ProducerConfig.CLIENT_ID_CONFIG, clientId + "-" + purpose);
    plain.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    plain.put(ProducerConfig.ACKS_CONFIG, "all");
    plain.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // What comes while a request is under way shares the next one: batches grow with the load.
    plain.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    plain.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    plain.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    plain.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS / 2);
    plain.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    plain.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    return plain;
  }

  /** A producer of bytes. */
  public static Producer<byte[], byte[]> producer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A consumer that begins where there is anything, and commits nothing by itself.
   *
   * @param kafka settings of every client
   * @param more settings of this one
   */
  public static Consumer<byte[], byte[]> reader(Map<String, ?> kafka, Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.putAll(more);
    return consumer(settings);
  }

  /** A consumer of bytes. */
  public static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
