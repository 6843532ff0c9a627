package io.millrace.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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
        absent(answer.getKey(), e);
      }
    }
    return found;
  }

  private static void absent(String topic, ExecutionException e) {
    if (e.getCause() instanceof UnknownTopicOrPartitionException) {
      return;
    }
    if (e.getCause() instanceof RetriableException) {
      LOG.warn("topic={} could not be described, asking again: {}", topic, e.getMessage());
      return;
    }
    throw new KafkaException("topic " + topic + " could not be described", e.getCause());
  }
}
