package io.millrace.worker;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the Kafka clients of a worker. Deployments tune them with {@code kafka.*}, except for what
 * the protocol rests on: durability of producers, manual commits, where groups begin.
 */
class KafkaClients {
  private static final Set<String> NOT_OF_SHARE_GROUPS =
      Set.of(
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
          ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

  /** A stream is one partition, so that a burst fills one batch after the other. */
  /**
   * How long the broker holds a question for records that there are not: each answer wakes both.
   * What comes is answered at once. But partitions that are newly assigned wait for the answer to
   * the question before.
   */
  private static final int GROUP_FETCH_MILLIS = 1_000;

  /** Nothing is ever assigned anew to a tail. */
  private static final int TAIL_FETCH_MILLIS = 5_000;

  private static final int RETRY_BACKOFF_MILLIS = 20;

  private static final int STREAM_BATCH_BYTES = 128 * 1024;

  private final WorkerConfig config;

  KafkaClients(WorkerConfig config) {
    this.config = config;
  }

  Admin admin() {
    Map<String, Object> settings = config.source().kafka();
    settings.putIfAbsent("client.id", "millrace-worker-admin");
    // Asked about a group that is of another kind than it thought, it asks again after this time.
    settings.putIfAbsent(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MILLIS);
    return Admin.create(settings);
  }

  /**
   * For the run log and beats: nothing lingers. What comes while a request is under way shares the
   * next one, so batches grow with the load, and when there is none nothing waits.
   */
  Producer<byte[], byte[]> runLogProducer(Incarnation incarnation) {
    Map<String, Object> settings = settings("millrace-log-" + incarnation, 0);
    settings.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return producer(settings);
  }

  /** For streams: a moment of lingering and large batches, because tokens come in bursts. */
  Producer<byte[], byte[]> streamProducer(Incarnation incarnation) {
    return producer(streamSettings(incarnation));
  }

  /**
   * One request at a time: a broker that has not heard of a new topic yet refuses the first, may
   * take the second, and then refuses the first as out of order until its time is up, which is two
   * minutes (KAFKA-15591, mended in brokers of version 4.5).
   */
  Map<String, Object> streamSettings(Incarnation incarnation) {
    Map<String, Object> settings = settings("millrace-stream-" + incarnation, 2);
    settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, STREAM_BATCH_BYTES);
    settings.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return settings;
  }

  private Map<String, Object> settings(String clientId, int lingerMillis) {
    Map<String, Object> settings = config.source().kafka();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
    settings.putIfAbsent(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, config.topics().settings().maxMessageBytes());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return settings;
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** For one step's dispatches. */
  Consumer<byte[], byte[]> stepConsumer(WorkerStep step, Incarnation incarnation, int atOnce) {
    Map<String, Object> settings = config.source().kafka();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, step.registration().getGroupId());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, step.name() + "-" + incarnation);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, atOnce);
    if (!"consumer".equals(settings.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
      // Partitions that stay are not taken away for a moment, which would make their running
      // work run twice.
      settings.putIfAbsent(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
      // A killed worker's partitions, and what is dispatched to them anew, wait for as long.
      settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
      settings.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    }
    settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, GROUP_FETCH_MILLIS);
    return consumer(settings, "earliest", "read_uncommitted");
  }

  /**
   * For one step's dispatches by a share group; settings that only consumer groups know are left
   * out.
   */
  ShareConsumer<byte[], byte[]> shareConsumer(WorkerStep step, Incarnation incarnation, int batch) {
    Map<String, Object> settings = config.source().kafka();
    settings.keySet().removeAll(NOT_OF_SHARE_GROUPS);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, step.registration().getGroupId());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, step.name() + "-" + incarnation);
    settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Without free slots there is no polling, and that may take hours.
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
    return new KafkaShareConsumer<>(
        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** For registrations and cancel notices, without a group. */
  Consumer<byte[], byte[]> tailConsumer() {
    Map<String, Object> settings = config.source().kafka();
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-worker-tail");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
    settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, TAIL_FETCH_MILLIS);
    return consumer(settings, "earliest", "read_committed");
  }

  private static Consumer<byte[], byte[]> consumer(
      Map<String, Object> settings, String from, String isolation) {
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, from);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
