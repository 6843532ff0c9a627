package io.millrace.client;

import io.millrace.StreamedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of a client on which a terminal event is awaited; each is forgotten when nobody waits
 * for it any more. Belongs to the thread of the {@link TerminalWatcher}.
 */
final class AwaitedStreams {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedStreams.class);

  private final Map<TopicPartition, AwaitedStream> streams = new HashMap<>();

  void await(String topic, AwaitedStream.Wait wait) {
    streams.computeIfAbsent(new TopicPartition(topic, 0), AwaitedStream::new).add(wait);
  }

  boolean isEmpty() {
    return streams.isEmpty();
  }

  boolean isAwaited(AwaitedStream stream) {
    return streams.get(stream.partition()) == stream;
  }

  List<AwaitedStream> toBeAskedFor() {
    return those(AwaitedStream::isToBeAskedFor);
  }

  List<AwaitedStream> placed() {
    return those(AwaitedStream::isPlaced);
  }

  private List<AwaitedStream> those(Predicate<AwaitedStream> which) {
    return streams.values().stream().filter(which).toList();
  }

  void take(ConsumerRecord<byte[], byte[]> record) {
    AwaitedStream stream = streams.get(new TopicPartition(record.topic(), record.partition()));
    if (stream == null) {
      return;
    }
    Optional<StreamEntry> entry = StreamEntry.of(record);
    if (entry.isPresent() && entry.get().kind() == StreamedEvent.Kind.TERMINAL) {
      stream.saw(entry.get().epoch());
    }
  }

  /** Time passes, and callers go away. */
  void expire() {
    forEach(AwaitedStream::expire);
  }

  /** These cannot be read; the others can. */
  void giveUp(Collection<AwaitedStream> unreadable, KafkaException cause) {
    for (AwaitedStream stream : unreadable) {
      LOG.warn(
          "the end of a stream could not be read; its result is given without it: topic={}",
          stream.partition().topic(),
          cause);
      stream.giveUp();
    }
    forget();
  }

  /** As {@link #giveUp(Collection, KafkaException)}, for those of these names that are awaited. */
  void giveUpTopics(Collection<String> names, KafkaException cause) {
    giveUp(those(stream -> names.contains(stream.partition().topic())), cause);
  }

  void giveUpAll() {
    forEach(AwaitedStream::giveUp);
  }

  void failAll(RuntimeException cause) {
    forEach(stream -> stream.fail(cause));
  }

  private void forEach(Consumer<AwaitedStream> action) {
    new ArrayList<>(streams.values()).forEach(action);
    forget();
  }

  private void forget() {
    streams.values().removeIf(stream -> !stream.isAwaited());
  }
}
