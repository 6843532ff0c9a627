package io.millrace.bench.raw;

import io.millrace.bench.load.Micros;
import io.millrace.bench.load.Pace;
import io.millrace.config.MillraceConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a step does to its stream, without Millrace: reads commands from a topic and writes as many
 * records, each with the time of writing in its first eight bytes. Argument: the topic of commands.
 */
public final class RawTeller {
  /** Of a record's value, as many as of a streamed event. */
  private static final int BYTES = 200;

  /** As the SDK's worker lingers for streams. */
  private static final int LINGER_MILLIS = 2;

  private static final Duration POLL = Duration.ofSeconds(1);

  private RawTeller() {}

  /**
   * What to write.
   *
   * @param perSecond 0: as fast as it goes
   */
  record Command(String topic, int records, int perSecond) {
    byte[] bytes() {
      return (topic + ' ' + records + ' ' + perSecond).getBytes(StandardCharsets.UTF_8);
    }

    static Command of(byte[] bytes) {
      String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
      return new Command(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }
  }

  public static void main(String[] args) throws InterruptedException {
    Map<String, Object> kafka = MillraceConfig.load().kafka();
    try (KafkaConsumer<byte[], byte[]> commands = RawClients.reader(kafka, args[0]);
        KafkaProducer<byte[], byte[]> producer = RawClients.producer(kafka, LINGER_MILLIS)) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : commands.poll(POLL)) {
          write(producer, Command.of(record.value()));
        }
      }
    }
  }

  private static void write(KafkaProducer<byte[], byte[]> producer, Command command)
      throws InterruptedException {
    Pace pace = Pace.perSecond(command.perSecond());
    for (int i = 0; i < command.records(); i++) {
      pace.await();
      byte[] value = ByteBuffer.allocate(BYTES).putLong(Micros.now()).array();
      producer.send(new ProducerRecord<>(command.topic(), 0, null, value));
    }
    producer.flush();
  }
}
