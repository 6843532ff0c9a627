package io.millrace.protocol;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What a deployment chooses about its topics. Keys: {@code millrace.run.partitions} (run log,
 * outcomes, facts), {@code millrace.event.partitions}, {@code millrace.reply.partitions}, {@code
 * millrace.replication.factor} (absent: the broker's default), {@code millrace.run.retention.ms},
 * {@code millrace.event.retention.ms}, {@code millrace.stream.retention.ms}, {@code
 * millrace.max.message.bytes}.
 *
 * @param streamRetention how long a stream topic lives after its run's end
 * @param maxMessageBytes of every topic, and of every producer's requests
 */
public record TopicSettings(
    int runPartitions,
    int eventPartitions,
    int replyPartitions,
    Optional<Short> replication,
    Duration runRetention,
    Duration eventRetention,
    Duration streamRetention,
    int maxMessageBytes) {
  private static final Duration WEEK = Duration.ofDays(7);

  public static TopicSettings from(MillraceConfig config) {
    Duration runRetention = config.millis("millrace.run.retention.ms", WEEK);
    return new TopicSettings(
        config.count("millrace.run.partitions", 12, 1),
        config.count("millrace.event.partitions", 6, 1),
        config.count("millrace.reply.partitions", 12, 1),
        config.text("millrace.replication.factor").map(text -> replication(config)),
        runRetention,
        config.millis("millrace.event.retention.ms", runRetention),
        config.millis("millrace.stream.retention.ms", Duration.ofHours(24)),
        config.count("millrace.max.message.bytes", 8 * 1024 * 1024, 1024));
  }

  private static Short replication(MillraceConfig config) {
    int factor = config.count("millrace.replication.factor", 1, 1);
    if (factor > Short.MAX_VALUE) {
      throw new InvalidConfigException("millrace.replication.factor", "is absurd: " + factor);
    }
    return (short) factor;
  }
}
