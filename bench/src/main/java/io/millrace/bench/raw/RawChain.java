package io.millrace.bench.raw;

import io.millrace.bench.load.Operation;
import io.millrace.config.MillraceConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A chain of {@link RawHop} processes, with its two ends in this JVM: what is written to the first
 * topic is awaited on the last one. Thread-safe.
 */
public final class RawChain implements Operation, AutoCloseable {
  private static final int BYTES = 200;

  private final String first;
  private final List<String> hops;
  private final Runnable end;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RawEnd tail;
  private final Map<Long, CompletableFuture<Long>> open = new ConcurrentHashMap<>();

  /**
   * @param topics the first to write to, the last to read from
   * @param hops names of the processes between them, which poll already
   * @param end ends those
   */
  public RawChain(MillraceConfig config, List<String> topics, List<String> hops, Runnable end) {
    this.first = topics.get(0);
    this.hops = List.copyOf(hops);
    this.end = end;
    this.producer = RawClients.producer(config.kafka());
    this.tail = RawEnd.start(config.kafka(), topics.get(topics.size() - 1), this::arrived);
  }

  /** Names of the processes. */
  public List<String> hops() {
    return hops;
  }

  @Override
  public CompletableFuture<Long> begin(long number) {
    CompletableFuture<Long> arrival = new CompletableFuture<>();
    open.put(number, arrival);
    byte[] value = ByteBuffer.allocate(BYTES).putLong(number).array();
    byte[] key = Long.toString(number).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
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
    end.run();
    tail.close();
    producer.close();
  }
}
