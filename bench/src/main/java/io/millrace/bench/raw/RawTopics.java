package io.millrace.bench.raw;

import io.millrace.config.MillraceConfig;
import io.millrace.protocol.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes topics for the baselines, with as many partitions as Millrace's event topics have. */
public final class RawTopics {
  private static final AtomicInteger SETS = new AtomicInteger();

  private RawTopics() {}

  /** A set of new topics, in order; their names are used nowhere else. */
  public static List<String> create(MillraceConfig config, int count) throws InterruptedException {
    int partitions = TopicSettings.from(config).eventPartitions();
    int set = SETS.incrementAndGet();
    List<NewTopic> topics = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "raw-%d-%d".formatted(set, i);
      topics.add(new NewTopic(name, Optional.of(partitions), Optional.empty()));
    }
    try (Admin admin = Admin.create(config.kafka())) {
      admin.createTopics(topics).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics could not be made: " + e.getCause(), e);
    }
    return topics.stream().map(NewTopic::name).toList();
  }
}
