package io.millrace.bench.raw;

import io.millrace.config.MillraceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A process of hops without Millrace, a thread for each pair of arguments: the topic to read, the
 * topic to write. A hop consumes, produces, and commits offsets once what it produced is
 * acknowledged, so nothing is lost. Prints a line when all of them have partitions.
 */
public final class RawHop {
  /** How that line begins. */
  public static final String READY = "raw hops ready";

  private static final Duration POLL = Duration.ofSeconds(1);

  private RawHop() {}

  public static void main(String[] args) {
    CountDownLatch hops = new CountDownLatch(args.length / 2);
    for (int i = 0; i < args.length; i += 2) {
      String from = args[i];
      String to = args[i + 1];
      new Thread(() -> run(from, to, hops), "hop-" + from).start();
    }
  }

  private static void run(String from, String to, CountDownLatch hops) {
    Map<String, Object> kafka = MillraceConfig.load().kafka();
    Map<String, Object> group =
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            from,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer = RawClients.consumer(kafka, group);
        KafkaProducer<byte[], byte[]> producer = RawClients.producer(kafka)) {
      consumer.subscribe(List.of(from), new Announcement(hops));
      while (true) {
        pass(consumer.poll(POLL), to, producer);
        consumer.commitAsync();
      }
    } catch (RuntimeException e) {
      throw died(e);
    }
  }

  private static void pass(
      ConsumerRecords<byte[], byte[]> records, String to, KafkaProducer<byte[], byte[]> producer) {
    List<Future<RecordMetadata>> written = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      written.add(producer.send(new ProducerRecord<>(to, record.key(), record.value())));
    }
    try {
      for (Future<RecordMetadata> one : written) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw died(e);
    }
  }

  /** Somebody waits for what this process would have passed on. */
  private static IllegalStateException died(Exception reason) {
    reason.printStackTrace();
    Runtime.getRuntime().halt(1);
    return new IllegalStateException(reason);
  }

  /** Tells when there is something to read from. */
  private record Announcement(CountDownLatch hops) implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      hops.countDown();
      if (hops.getCount() == 0) {
        System.out.println(READY);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
  }
}
