package io.millrace.coordinator.publish;

import io.millrace.protocol.Rights;
import io.millrace.protocol.TopicCreation;
import io.millrace.protocol.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The few administrative questions and orders that the coordinator has, in plain words. Every call
 * waits for its answer, as long as the Admin client's {@code default.api.timeout.ms}, and throws
 * {@link KafkaException} if there is none. Thread-safe.
 */
public final class Cluster {
  /** A topic is created by the controller; brokers learn of it a little later. */
  private static final Duration NEWS_TRAVELS = Duration.ofSeconds(15);

  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final Admin admin;

  public Cluster(Admin admin) {
    this.admin = admin;
  }

  /** Creates those that are missing; existing ones are left as they are. */
  void create(Collection<TopicSpec> specs) {
    TopicCreation.ensure(admin, specs);
  }

  /** The same without asking first which there are: for topics that are probably missing. */
  void createUnasked(Collection<TopicSpec> specs) {
    List<NewTopic> topics = new ArrayList<>();
    specs.forEach(spec -> topics.add(spec.toNewTopic()));
    for (KafkaFuture<Void> result : admin.createTopics(topics).values().values()) {
      try {
        get(result);
      } catch (TopicExistsException e) {
        continue; // as wanted
      }
    }
  }

  /**
   * @throws io.millrace.protocol.MissingRightsException if something is not allowed
   */
  void check(Rights rights) {
    try {
      rights.check(admin);
    } catch (ExecutionException e) {
      throw new KafkaException("the broker did not tell what this coordinator may do", e);
    }
  }

  void delete(Collection<String> topics) {
    for (KafkaFuture<Void> result : admin.deleteTopics(topics).topicNameValues().values()) {
      try {
        get(result);
      } catch (UnknownTopicOrPartitionException e) {
        continue; // as wanted
      }
    }
  }

  public Set<String> topics() {
    return get(admin.listTopics().names());
  }

  /** Empty if there is no such topic. */
  public Optional<Integer> partitions(String topic) {
    try {
      Map<String, TopicDescription> found =
          get(admin.describeTopics(List.of(topic)).allTopicNames());
      return Optional.ofNullable(found.get(topic)).map(topicOf -> topicOf.partitions().size());
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  /**
   * What tells a topic that exists apart from one made anew under its name; waits as {@link
   * #configs} does.
   */
  String topicId(String topic) {
    return onceKnown(topic, () -> topicIdNow(topic));
  }

  private String topicIdNow(String topic) {
    TopicDescription found = get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    if (found == null) {
      throw new UnknownTopicOrPartitionException("topic " + topic + " was not described");
    }
    return found.topicId().toString();
  }

  /** Settings of a topic that exists, even if the broker asked has yet to hear of it. */
  Map<String, String> configs(String topic) {
    return onceKnown(topic, () -> configsNow(topic));
  }

  private static <T> T onceKnown(String topic, Supplier<T> question) {
    long deadline = System.nanoTime() + NEWS_TRAVELS.toNanos();
    while (true) {
      try {
        return question.get();
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() > deadline) {
          throw new UnknownTopicOrPartitionException(
              "topic " + topic + " was created, but no broker knows of it", e);
        }
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
    }
  }

  private Map<String, String> configsNow(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<String, String> configs = new HashMap<>();
    for (Config config : get(admin.describeConfigs(List.of(resource)).all()).values()) {
      config.entries().forEach(entry -> configs.put(entry.name(), String.valueOf(entry.value())));
    }
    return configs;
  }

  /** Append time of a topic's newest record, by its first partition; empty if it holds none. */
  Optional<Long> newestRecordMillis(String topic) {
    TopicPartition only = new TopicPartition(topic, 0);
    ListOffsetsResult.ListOffsetsResultInfo newest =
        get(admin.listOffsets(Map.of(only, OffsetSpec.maxTimestamp())).partitionResult(only));
    return newest.offset() < 0 ? Optional.empty() : Optional.of(newest.timestamp());
  }

  /** End offsets of all partitions that hold records; none for topics that do not exist. */
  public Map<TopicPartition, Long> ends(List<String> topics) {
    Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (String topic : new HashSet<>(topics)) {
      int count = partitions(topic).orElse(0);
      for (int partition = 0; partition < count; partition++) {
        earliest.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
        latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    get(admin.listOffsets(latest).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    get(admin.listOffsets(earliest).all())
        .forEach((partition, begin) -> ends.remove(partition, begin.offset()));
    return ends;
  }

  static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
