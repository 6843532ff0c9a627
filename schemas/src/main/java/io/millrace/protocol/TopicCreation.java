package io.millrace.protocol;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

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
    Set<String> present = existing(admin);
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

  /** As {@link #ensure}, for one topic that is probably missing: asks for no list first. */
  public static void ensure(Admin admin, TopicSpec spec) {
    admin.createTopics(Set.of(spec.toNewTopic())).values().forEach(TopicCreation::await);
  }

  private static Set<String> existing(Admin admin) {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw new TopicCreationException("(the list of topics)", cause(e));
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
