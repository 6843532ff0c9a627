package io.millrace.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which topics there are. */
final class Topics {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

  private Topics() {}

  /**
   * Those of {@code names} that exist; one that no broker could tell about in time counts as absent
   * for now.
   *
   * @throws KafkaException if the broker refuses to tell
   */
  static Map<String, TopicDescription> describe(Admin admin, Collection<String> names) {
    Map<String, TopicDescription> found = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
        admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        found.put(answer.getKey(), answer.getValue().get());
      } catch (InterruptedException e) {
        throw Deadline.interrupted(e);
      } catch (ExecutionException e) {
        absent(answer.getKey(), e.getCause());
      }
    }
    return found;
  }

  /**
   * Whether the topic is there, answered on a thread that must not be held up; exceptionally with a
   * {@link KafkaException} if the broker refuses to tell.
   */
  static CompletableFuture<Boolean> ask(Admin admin, String name) {
    KafkaFuture<TopicDescription> answer =
        admin.describeTopics(List.of(name)).topicNameValues().get(name);
    return Objects.requireNonNull(answer, name)
        .toCompletionStage()
        .handle(
            (description, error) -> {
              if (error != null) {
                absent(name, error instanceof CompletionException ? error.getCause() : error);
              }
              return error == null;
            })
        .toCompletableFuture();
  }

  private static void absent(String topic, @Nullable Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return;
    }
    if (cause instanceof RetriableException) {
      LOG.warn("topic={} could not be described, asking again: {}", topic, cause.getMessage());
      return;
    }
    throw new KafkaException("topic " + topic + " could not be described", cause);
  }
}
