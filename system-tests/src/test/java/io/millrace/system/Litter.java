package io.millrace.system;

import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts on topics what does not belong there, and knows where it is. */
final class Litter {
  private static final Namespace MILLRACE = new Namespace(Namespace.DEFAULT);

  private static final String TALLY = MILLRACE.name() + "." + Load.TALLY.name() + ".";

  /** Larger than what producers send at once by default, smaller than what topics take. */
  private static final int LARGE = 4 * 1024 * 1024;

  private static final int PIECES_CUT_SHORT = 20;

  private final Cluster cluster;
  private final Set<String> places = ConcurrentHashMap.newKeySet();
  private final Set<String> bare = ConcurrentHashMap.newKeySet();
  private final Random random = new Random(20_261_128);

  Litter(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Of every piece so far; grows. */
  Set<String> places() {
    return places;
  }

  /**
   * Of those without headers. With the headers of a dispatch a piece belongs to an execution, which
   * is told that its event cannot be read, or is over.
   */
  Set<String> bare() {
    return bare;
  }

  /** Topic, partition and offset, as dead letters name them. */
  static String place(ConsumerRecord<byte[], byte[]> record) {
    return place(record.topic(), record.partition(), record.offset());
  }

  private static String place(String topic, int partition, long offset) {
    return topic + "-" + partition + "@" + offset;
  }

  /** The place of the record that a dead letter was made of; empty if it does not say. */
  static String origin(ConsumerRecord<byte[], byte[]> letter) {
    Header origin = letter.headers().lastHeader(Headers.ORIGIN);
    return origin == null ? "" : new String(origin.value(), StandardCharsets.UTF_8);
  }

  /** Those of which there is a dead letter. */
  Set<String> deadLetters() {
    Set<String> origins = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> letter :
        TopicReading.all(cluster.outside(), MILLRACE.deadLetters())) {
      origins.add(origin(letter));
    }
    origins.retainAll(places);
    return origins;
  }

  /**
   * On every topic that is neither a run's own nor a store's changelog: random bytes of several
   * sizes, none among them; what is there cut short, every second one with its headers; under keys
   * that nobody has.
   *
   * @return the topics
   */
  Set<String> drop() throws ExecutionException, InterruptedException {
    Set<String> topics = topics();
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", cluster.outside());
    settings.put("max.request.size", 2 * LARGE);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String topic : topics) {
        drop(topic, producer);
      }
    }
    return topics;
  }

  private Set<String> topics() throws ExecutionException, InterruptedException {
    Set<String> topics = new TreeSet<>(cluster.topics());
    topics.removeIf(
        topic -> !topic.startsWith(MILLRACE.name() + ".") || MILLRACE.isStreamTopic(topic));
    // Of others there are no workers that would take it away.
    topics.removeIf(topic -> MILLRACE.isEventTopic(topic) && !topic.startsWith(TALLY));
    return topics;
  }

  private void drop(String topic, KafkaProducer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    List<ConsumerRecord<byte[], byte[]>> records =
        TopicReading.all(cluster.outside(), topic).stream()
            .filter(record -> record.value() != null && record.value().length > 1)
            .toList();
    for (int partition = 0; partition < producer.partitionsFor(topic).size(); partition++) {
      for (int size : new int[] {0, 1, 300}) {
        drop(topic, partition, bytes(size), producer);
      }
    }
    drop(topic, 0, bytes(LARGE), producer);
    for (int piece = 0; piece < PIECES_CUT_SHORT && !records.isEmpty(); piece++) {
      ConsumerRecord<byte[], byte[]> whole = records.get(random.nextInt(records.size()));
      byte[] cut = Arrays.copyOf(whole.value(), 1 + random.nextInt(whole.value().length - 1));
      Iterable<Header> headers = piece % 2 == 0 ? whole.headers() : List.of();
      drop(new ProducerRecord<>(topic, 0, key(), cut, headers), producer);
    }
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private void drop(
      String topic, int partition, byte[] value, KafkaProducer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    drop(new ProducerRecord<>(topic, partition, key(), value), producer);
  }

  private byte[] key() {
    return ("litter-" + places.size()).getBytes(StandardCharsets.UTF_8);
  }

  private void drop(ProducerRecord<byte[], byte[]> piece, KafkaProducer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    RecordMetadata dropped = producer.send(piece).get();
    String place = place(dropped.topic(), dropped.partition(), dropped.offset());
    places.add(place);
    if (piece.headers().toArray().length == 0) {
      bare.add(place);
    }
  }
}
