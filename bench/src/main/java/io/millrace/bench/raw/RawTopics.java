package io.millrace.bench.raw;

import io.millrace.config.MillraceConfig;
import io.millrace.protocol.TopicSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Makes topics for the baselines, with as many partitions as Millrace's event topics have. */
public final class RawTopics {
  private static final AtomicInteger SETS = new AtomicInteger();

  private RawTopics() {}

  /** A set of new topics, in order; their names are used nowhere else. */
  public static List<String> create(MillraceConfig config, int count) throws InterruptedException {
    int set = SETS.incrementAndGet();
    List<String> topics = IntStream.range(0, count).mapToObj(i -> "raw-" + set + "-" + i).toList();
    try (RawAdmin admin = new RawAdmin(config)) {
      admin.create(topics, TopicSettings.from(config).eventPartitions());
    }
    return topics;
  }
}
