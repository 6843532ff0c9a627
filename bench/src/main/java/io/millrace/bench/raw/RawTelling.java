package io.millrace.bench.raw;

import io.millrace.bench.load.Heard;
import io.millrace.bench.load.Micros;
import io.millrace.config.MillraceConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A {@link RawTeller} process, commanded and read from this JVM. For one thread. */
public final class RawTelling implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> kafka;
  private final String commands;
  private final Runnable end;
  private final RawAdmin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private int told;

  /**
   * @param commands the topic that the process reads
   * @param end ends it
   */
  public RawTelling(MillraceConfig config, String commands, Runnable end) {
    this.kafka = config.kafka();
    this.commands = commands;
    this.end = end;
    this.admin = new RawAdmin(config);
    this.producer = RawClients.producer(kafka);
  }

  /**
   * Has records written to a new topic, and reads them there as they come.
   *
   * @param perSecond 0: as fast as it goes
   */
  public Heard listen(int records, int perSecond) throws InterruptedException {
    String topic = commands + "-told-" + ++told;
    admin.create(List.of(topic), 1);
    Heard heard = new Heard();
    try (KafkaConsumer<byte[], byte[]> consumer = RawClients.reader(kafka, topic)) {
      byte[] command = new RawTeller.Command(topic, records, perSecond).bytes();
      producer.send(new ProducerRecord<>(commands, 0, null, command));
      long began = System.nanoTime();
      while (heard.count() < records) {
        if (System.nanoTime() - began > LIMIT.toNanos()) {
          throw new IllegalStateException(
              "%d of %d records came within %s".formatted(heard.count(), records, LIMIT));
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          heard.add(ByteBuffer.wrap(record.value()).getLong(), Micros.now());
        }
      }
    }
    return heard;
  }

  @Override
  public void close() {
    end.run();
    producer.close();
    admin.close();
  }
}
