package io.millrace.coordinator.app;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.core.Limits;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.TopicSettings;
import io.millrace.protocol.TopicSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a coordinator is told, parsed once and validated. Keys beside those of {@link TopicSettings}
 * and {@link MillraceConfig}: {@code millrace.state.dir}, {@code millrace.grace.ms}, {@code
 * millrace.coordinator.threads}, {@code millrace.coordinator.standbys}, {@code
 * millrace.coordinator.commit.gap.ms}, {@code millrace.lease.ms}, {@code
 * millrace.sweep.interval.ms}, {@code millrace.start.timeout.ms}, {@code millrace.workflows.check},
 * {@code millrace.limits.*}.
 *
 * @param kafka for every Kafka client
 * @param checkWorkflows whether starts of a workflow that has problems are refused (S9)
 * @param lease of a worker of whom nothing was ever heard
 * @param source for the one line that echoes it; shows no secrets
 */
public record CoordinatorConfig(
    Map<String, Object> kafka,
    Namespace namespace,
    TopicSettings topics,
    Limits limits,
    boolean checkWorkflows,
    Streaming streaming,
    Duration lease,
    Duration sweepInterval,
    Duration startTimeout,
    MillraceConfig source) {
  /**
   * How Kafka Streams runs.
   *
   * @param commitGap least time between commits for facts while there is much to do
   */
  public record Streaming(Path stateDir, int threads, int standbys, Duration commitGap) {}

  /**
   * @throws InvalidConfigException naming the key and the value
   */
  public static CoordinatorConfig from(MillraceConfig config) {
    TopicSettings topics = TopicSettings.from(config);
    if (topics.streamRetention().compareTo(topics.runRetention()) > 0) {
      throw new InvalidConfigException(
          "millrace.stream.retention.ms",
          "must not be longer than millrace.run.retention.ms: a stream must not outlive its run");
    }
    Namespace namespace = config.namespace();
    Limits limits = Limits.ofDefaults();
    return new CoordinatorConfig(
        Map.copyOf(config.kafka()),
        namespace,
        topics,
        new Limits(
            config.millis("millrace.grace.ms", limits.grace()),
            topics.runRetention(),
            topics.streamRetention(),
            config.count("millrace.limits.event.bytes", limits.maxEventBytes(), 1),
            config.count("millrace.limits.state.bytes", (int) limits.maxStateBytes(), 1),
            config.count("millrace.limits.open.executions", limits.maxOpenExecutions(), 1),
            config.count("millrace.limits.effects", limits.maxEffects(), 1),
            config.count("millrace.limits.set.size", limits.maxSetSize(), 1),
            config.count("millrace.limits.stream.events", (int) limits.maxStreamEvents(), 1),
            config.count("millrace.limits.early.events", limits.maxEarlyEvents(), 1)),
        config.flag("millrace.workflows.check", true),
        new Streaming(
            Path.of(config.text("millrace.state.dir", defaultStateDir(namespace))).toAbsolutePath(),
            config.count(
                "millrace.coordinator.threads",
                threads(Runtime.getRuntime().availableProcessors()),
                1),
            config.count("millrace.coordinator.standbys", 0, 0),
            config.millis("millrace.coordinator.commit.gap.ms", Duration.ofMillis(30))),
        config.lease(),
        config.millis("millrace.sweep.interval.ms", Duration.ofMinutes(10)),
        config.millis("millrace.start.timeout.ms", Duration.ofSeconds(60)),
        config);
  }

  /** Each thread commits for itself, and on one or two processors that is dearer than it helps. */
  private static int threads(int processors) {
    return Math.max(1, Math.min(2, processors / 2));
  }

  /** All topics under this configuration. */
  TopicSpecs specs() {
    return new TopicSpecs(namespace, topics);
  }

  String bootstrapServers() {
    return String.valueOf(kafka.get(MillraceConfig.BOOTSTRAP_SERVERS));
  }

  @Override
  public String toString() {
    return source.toString();
  }

  private static String defaultStateDir(Namespace namespace) {
    return Path.of(
            System.getProperty("user.home", "."), ".millrace", "coordinator", namespace.name())
        .toString();
  }
}
