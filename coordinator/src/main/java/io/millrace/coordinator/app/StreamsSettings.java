package io.millrace.coordinator.app;

import io.millrace.coordinator.topology.RocksSettings;
import io.millrace.coordinator.topology.RunHeads;
import io.millrace.coordinator.topology.ShellClients;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams as the coordinator runs it. */
final class StreamsSettings {
  private StreamsSettings() {}

  static String applicationId(CoordinatorConfig config) {
    return RunHeads.application(config.namespace());
  }

  /**
   * @param runLogId each run log has a folder of its own: with the state of another cluster Streams
   *     would begin where that one ended, and disregard what is new
   */
  static Properties of(CoordinatorConfig config, String runLogId) {
    Properties p = new Properties();
    p.putAll(config.kafka());
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(config));
    p.put(
        StreamsConfig.STATE_DIR_CONFIG, config.streaming().stateDir().resolve(runLogId).toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streaming().threads());
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.streaming().standbys());
    p.put(
        StreamsConfig.REPLICATION_FACTOR_CONFIG,
        config.topics().replication().map(Short::intValue).orElse(-1));
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    // Store, outputs and input offset commit together; the interval is a ceiling, see CommitPacer.
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    p.put(StreamsConfig.POLL_MS_CONFIG, 5);
    // Its records come all at once, and are flushed at once: one request, not one for the first.
    producer(p, ProducerConfig.LINGER_MS_CONFIG, 100);
    // On a new topic a second request may be taken when the first was refused, which then is out of
    // order for as long as it is repeated (KAFKA-15591).
    producer(p, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    // While the markers of the last commit are being written the next is refused. The broker has
    // waited for that itself before it says so; the usual 100 ms more would be felt.
    producer(p, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    producer(p, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ShellClients.MAX_REQUEST_BYTES);
    // A dead owner holds back committed readers for no longer than this.
    producer(p, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(Duration.ofSeconds(10)));
    // The classic protocol, because it alone lets a dead member be noticed this soon.
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    consumer(p, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(Duration.ofSeconds(6)));
    consumer(p, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    // An answer that brings nothing wakes everybody; but tasks that are newly assigned wait for it.
    consumer(p, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1_000);
    return p;
  }

  private static void producer(Properties p, String key, Object value) {
    p.put(StreamsConfig.producerPrefix(key), value);
  }

  private static void consumer(Properties p, String key, Object value) {
    p.put(StreamsConfig.mainConsumerPrefix(key), value);
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
