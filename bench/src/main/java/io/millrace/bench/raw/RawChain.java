package io.millrace.bench.raw;

import io.millrace.bench.load.Operation;
import io.millrace.config.MillraceConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A chain of {@link RawHop}s, with its two ends in this JVM: what is written to the first topic is
 * awaited on the last one. Thread-safe.
 */
public final class RawChain implements Operation, AutoCloseable {
  private static final int BYTES = 200;

  private final String first;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RawEnd end;
  private final Map<Long, CompletableFuture<Long>> open = new ConcurrentHashMap<>();

  RawChain(MillraceConfig config, RawLine line) {
    this.first = line.first();
    this.producer = RawClients.producer(config.kafka());
    this.end = RawEnd.start(config.kafka(), line.last(), this::arrived);
  }

  @Override
  public CompletableFuture<Long> begin(long number) {
    CompletableFuture<Long> arrival = new CompletableFuture<>();
    open.put(number, arrival);
    byte[] value = ByteBuffer.allocate(BYTES).putLong(number).array();
    byte[] key = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    producer.send(
        new ProducerRecord<>(first, key, value),
        (written, error) -> {
          if (error != null) {
            arrival.completeExceptionally(error);
          }
        });
    return arrival;
  }

  private void arrived(byte[] value) {
    long number = ByteBuffer.wrap(value).getLong();
    CompletableFuture<Long> arrival = open.remove(number);
    if (arrival != null) {
      arrival.complete(number);
    }
  }

  @Override
  public void close() {
    end.close();
    producer.close();
  }
}
