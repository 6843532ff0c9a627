package io.millrace.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ends of many streams with one consumer, which is made when it is first needed and then
 * kept: connecting takes longer than many a wait. Belongs to the thread of the {@link
 * TerminalWatcher}.
 */
final class StreamTails {
  private static final Logger LOG = LoggerFactory.getLogger(StreamTails.class);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Supplier<Consumer<byte[], byte[]>> make;
  private final Map<TopicPartition, AwaitedStream> assigned = new HashMap<>();
  private @Nullable Consumer<byte[], byte[]> consumer;

  StreamTails(Supplier<Consumer<byte[], byte[]>> make) {
    this.make = make;
  }

  /** Reads for a moment what has come to the placed ones among these. */
  void read(AwaitedStreams streams) {
    List<AwaitedStream> placed = streams.placed();
    if (placed.isEmpty()) {
      return;
    }
    try {
      Consumer<byte[], byte[]> reader = consumer();
      assign(reader, placed);
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        streams.take(record);
      }
    } catch (TopicAuthorizationException e) {
      streams.giveUpTopics(e.unauthorizedTopics(), e);
    } catch (InvalidTopicException e) {
      streams.giveUpTopics(e.invalidTopics(), e);
    } catch (KafkaException e) {
      // Of no topic in particular: this consumer reads none of them any more.
      close();
      streams.giveUp(placed, e);
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      consumer = make.get();
    }
    return consumer;
  }

  /** Positions of those that stay are kept; a stream that comes anew is not the one that went. */
  private void assign(Consumer<byte[], byte[]> reader, List<AwaitedStream> placed) {
    List<AwaitedStream> fresh =
        placed.stream().filter(s -> assigned.get(s.partition()) != s).toList();
    if (fresh.isEmpty() && placed.size() == assigned.size()) {
      return;
    }
    assigned.clear();
    placed.forEach(stream -> assigned.put(stream.partition(), stream));
    reader.assign(assigned.keySet());
    fresh.forEach(stream -> reader.seek(stream.partition(), stream.from()));
  }

  /** Nobody waits for now. */
  void rest() {
    assigned.clear();
    if (consumer != null) {
      consumer.unsubscribe();
    }
  }

  /** Closes the consumer; another is made when one is needed again. */
  void close() {
    assigned.clear();
    if (consumer != null) {
      try {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
      } catch (KafkaException e) {
        LOG.debug("a stream consumer did not close in order; it is dropped", e);
      }
      consumer = null;
    }
  }
}
