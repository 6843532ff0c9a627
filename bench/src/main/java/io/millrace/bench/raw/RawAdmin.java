package io.millrace.bench.raw;

import io.millrace.config.MillraceConfig;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;

/** Makes, counts and deletes topics by a plain admin client. Thread-safe. */
public final class RawAdmin implements AutoCloseable {
  private final Admin admin;

  public RawAdmin(MillraceConfig config) {
    this.admin = Admin.create(config.kafka());
  }

  /** All in one request, each with so many partitions; returns when they exist. */
  public void create(Collection<String> topics, int partitions) throws InterruptedException {
    await(
        admin
            .createTopics(
                topics.stream()
                    .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
                    .toList())
            .all());
  }

  /** All in one request. */
  public void delete(Collection<String> topics) throws InterruptedException {
    await(admin.deleteTopics(topics).all());
  }

  public Set<String> names() throws InterruptedException {
    return await(admin.listTopics().names());
  }

  private static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
