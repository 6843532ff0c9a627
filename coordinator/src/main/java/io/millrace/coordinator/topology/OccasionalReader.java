package io.millrace.coordinator.topology;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/**
 * A consumer for questions that somebody asks now and then: made when it is first needed, and again
 * once it was closed after an error. Guarded by its owner.
 */
public final class OccasionalReader implements AutoCloseable {
  /** The next question, about another place, waits for the answer to the last fetch. */
  private static final int FETCH_MILLIS = 20;

  private final Map<String, Object> kafka;
  private final String isolation;
  private @Nullable Consumer<byte[], byte[]> consumer;

  /**
   * @param kafka settings of every client
   * @param isolation level: {@code read_committed} or {@code read_uncommitted}
   */
  public OccasionalReader(Map<String, Object> kafka, String isolation) {
    this.kafka = Map.copyOf(kafka);
    this.isolation = isolation;
  }

  /**
   * The consumer; it may have anything assigned.
   *
   * @throws org.apache.kafka.common.KafkaException if the settings are wrong
   */
  public Consumer<byte[], byte[]> get() {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      open =
          ShellClients.reader(
              kafka,
              Map.of(
                  ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                  isolation,
                  ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                  FETCH_MILLIS));
      consumer = open;
    }
    return open;
  }

  /** Until it is asked for again. */
  @Override
  public void close() {
    Consumer<byte[], byte[]> open = consumer;
    consumer = null;
    if (open != null) {
      open.close();
    }
  }
}
