package io.millrace.client;

import io.millrace.config.MillraceConfig;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * @param brokerWait for the first answer of a broker
 * @param requestTimeout for the coordinator's answer to one request
 * @param workflowWait for an unknown workflow, and for topics that the coordinator creates
 * @param maxRequestBytes of a producer: what the topics admit, so that the coordinator's limits and
 *     not a client's decide what is too large
 */
record ClientSettings(
    Map<String, Object> kafka,
    Namespace namespace,
    Duration brokerWait,
    Duration requestTimeout,
    Duration workflowWait,
    int maxRequestBytes) {
  /** How long a reader of a stream lets the broker wait for something to tell. */
  static final Duration STREAM_FETCH_WAIT = Duration.ofMillis(100);

  /** What comes to a watcher's streams anew waits for a fetch of the others to be over. */
  private static final int TAIL_FETCH_WAIT_MS = 20;

  private static final int RETRY_BACKOFF_MS = 20;

  static ClientSettings of(MillraceConfig config) {
    return new ClientSettings(
        config.kafka(),
        config.namespace(),
        config.millis("millrace.broker.wait.ms", Duration.ofSeconds(10)),
        // Longer than the coordinator takes for its verdict about a start: 30 s, and a review.
        config.millis("millrace.request.timeout.ms", Duration.ofSeconds(45)),
        config.millis("millrace.workflow.wait.ms", Duration.ofSeconds(30)),
        TopicSettings.from(config).maxMessageBytes());
  }

  String brokers() {
    return String.valueOf(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  Map<String, Object> admin() {
    Map<String, Object> admin = new HashMap<>(kafka);
    admin.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
    return admin;
  }

  /** Plain and idempotent: nothing ever writes to the run log inside a transaction. */
  Map<String, Object> producer() {
    Map<String, Object> producer = new HashMap<>(kafka);
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // What comes while a request is under way shares the next one: batches grow with the load.
    producer.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    producer.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes);
    producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, brokerWait.toMillis());
    producer.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Math.max(2, requestTimeout.toMillis()));
    producer.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        (int) Math.max(1, Math.min(requestTimeout.toMillis(), brokerWait.toMillis())));
    producer.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
    return producer;
  }

  /** Replies and outcomes are facts: read committed. */
  Map<String, Object> committedReader() {
    return reader("read_committed");
  }

  /**
   * Streams are written outside transactions; a small backoff, because first events are awaited.
   */
  Map<String, Object> streamReader() {
    Map<String, Object> reader = reader("read_uncommitted");
    reader.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) STREAM_FETCH_WAIT.toMillis());
    return reader;
  }

  /** As {@link #streamReader}, for the ends of many streams that come and go. */
  Map<String, Object> tailReader() {
    Map<String, Object> reader = streamReader();
    reader.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, TAIL_FETCH_WAIT_MS);
    return reader;
  }

  private Map<String, Object> reader(String isolation) {
    Map<String, Object> reader = new HashMap<>(kafka);
    reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    reader.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    reader.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reader.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    reader.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
    reader.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Math.max(1, brokerWait.toMillis()));
    reader.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.max(1, brokerWait.toMillis()));
    return reader;
  }
}
