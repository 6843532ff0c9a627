package io.millrace.protocol;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics that are missing; idempotent, and safe when several processes do it at once. */
public final class TopicCreation {
  private TopicCreation() {}

  /**
   * Returns once all of them exist (brokers may need a moment more to tell every client).
   *
   * @throws TopicCreationException naming the topic and the broker's reason
   * @throws InterruptException if interrupted; the flag stays set
   */
  public static void ensure(Admin admin, Collection<TopicSpec> specs) {
    Set<String> present = present(admin, specs);
    Map<String, KafkaFuture<Void>> creations =
        admin
            .createTopics(
                specs.stream()
                    .filter(spec -> !present.contains(spec.name()))
                    .map(TopicSpec::toNewTopic)
                    .collect(Collectors.toList()))
            .values();
    creations.forEach(TopicCreation::await);
  }

  /** Asked for these alone: a cluster may have tens of thousands of others. */
  private static Set<String> present(Admin admin, Collection<TopicSpec> specs) {
    List<String> names = specs.stream().map(TopicSpec::name).toList();
    Set<String> present = new HashSet<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (topic, description) -> {
              if (exists(topic, description)) {
                present.add(topic);
              }
            });
    return present;
  }

  private static boolean exists(String topic, KafkaFuture<TopicDescription> description) {
    try {
      description.get();
      return true;
    } catch (ExecutionException e) {
      // One that may not be shown may still be created: that attempt tells what is wrong.
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof InvalidTopicException
          || e.getCause() instanceof TopicAuthorizationException) {
        return false;
      }
      throw new TopicCreationException(topic, cause(e));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static void await(String topic, KafkaFuture<Void> creation) {
    try {
      creation.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new TopicCreationException(topic, cause(e));
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static Throwable cause(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }
}
