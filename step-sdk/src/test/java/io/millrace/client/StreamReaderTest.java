package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.event.EventCodecs;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunOutcome;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import io.millrace.serde.SchemaIds;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class StreamReaderTest {
  private static final String TOPIC = "millrace.tally.stream.run";
  private static final TopicPartition STREAM = new TopicPartition(TOPIC, 0);

  private int asked;

  /** As it happens when its leader is cut off, and the stream's retention passes meanwhile. */
  @Test
  void reading_ends_when_the_topic_is_deleted_after_its_end_was_asked_for_and_before_it_is_read() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updateBeginningOffsets(Map.of(STREAM, 0L));
    consumer.updateEndOffsets(Map.of(STREAM, 2L)); // which no poll brings
    RunWatch watch = new RunWatch("run");
    watch.offer(cancelled());
    StreamReader reader =
        new StreamReader(
            TOPIC,
            new StreamConsumers(() -> consumer, Duration.ofSeconds(1), System::nanoTime),
            new TopicPresence(thereOnce()),
            watch,
            StreamOptions.fromStart(),
            new StreamView("run", List.of(), values()),
            Duration.ofMillis(20));

    StreamedEvent only = assertTimeoutPreemptively(Duration.ofSeconds(10), reader::next);

    assertThat(only.isTerminal()).isTrue();
    assertThat(reader.hasNext()).isFalse();
  }

  private static RunOutcome cancelled() {
    return RunOutcome.newBuilder()
        .setRunId("run")
        .setWorkflow("tally")
        .setEpoch(1)
        .setStatus(OutcomeStatus.CANCELLED)
        .setStartedAt(Instant.EPOCH)
        .setEndedAt(Instant.EPOCH)
        .build();
  }

  private static EventValues values() {
    SchemaRegistry registry =
        SchemaRegistries.of(Map.of("schema.registry.url", "mock://stream-reader"));
    return new EventValues(
        EventCodecs.inMemory(),
        registry,
        new SchemaIds(registry, Map.of(), false),
        new Namespace(Namespace.DEFAULT));
  }

  /** Describes the topic when it is asked first, and knows nothing of it later. */
  private Admin thereOnce() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
              if (asked++ == 0) {
                answer.complete(new TopicDescription(TOPIC, false, List.of()));
              } else {
                answer.completeExceptionally(new UnknownTopicOrPartitionException(TOPIC));
              }
              return new Described(Map.of(TOPIC, answer));
            });
  }

  private static final class Described extends DescribeTopicsResult {
    private Described(Map<String, KafkaFuture<TopicDescription>> answers) {
      super(null, answers);
    }
  }
}
