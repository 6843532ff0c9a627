package io.millrace.worker;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.TopicSettings;
import io.millrace.protocol.TopicSpecs;
import java.time.Duration;

/**
 * The settings of a worker process.
 *
 * @param source everything, for clients of Kafka and of the registry
 * @param version of this process's steps ({@code millrace.version}, default 1); the highest version
 *     of a step is the one in the graph
 * @param adoptionGrace work that takes longer is adopted ({@code millrace.adoption.grace.ms},
 *     default 50)
 * @param lease a worker that is silent for longer is lost ({@code millrace.lease.ms}, default 10
 *     s); beats come three times as often
 * @param drainTimeout how long a closing worker waits for running attempts ({@code
 *     millrace.drain.timeout.ms}, default 30 s)
 * @param startupTimeout how long a starting worker waits for broker and registry ({@code
 *     millrace.startup.timeout.ms}, default 60 s)
 * @param chunkBytes encoded effects beyond this are shipped ahead ({@code millrace.chunk.bytes},
 *     default 256 KiB)
 */
public record WorkerConfig(
    MillraceConfig source,
    TopicSpecs topics,
    int version,
    Duration adoptionGrace,
    Duration lease,
    Duration drainTimeout,
    Duration startupTimeout,
    int chunkBytes) {
  private static final Duration LEAST_LEASE = Duration.ofMillis(300);

  public WorkerConfig {
    if (lease.compareTo(LEAST_LEASE) < 0) {
      throw new InvalidConfigException(
          "millrace.lease.ms", "must be at least 300, not " + lease.toMillis());
    }
  }

  public static WorkerConfig from(MillraceConfig config) {
    return new WorkerConfig(
        config,
        new TopicSpecs(config.namespace(), TopicSettings.from(config)),
        config.count("millrace.version", 1, 0),
        config.millis("millrace.adoption.grace.ms", Duration.ofMillis(50)),
        config.lease(),
        config.millis("millrace.drain.timeout.ms", Duration.ofSeconds(30)),
        config.millis("millrace.startup.timeout.ms", Duration.ofSeconds(60)),
        config.count("millrace.chunk.bytes", 256 * 1024, 1));
  }

  /**
   * How many records a share group's member takes at once, which so many slots must be free for
   * ({@code millrace.share.batch}, default a quarter of the step's concurrency); at least one, and
   * never more than there are slots.
   */
  int shareBatch(int concurrency) {
    int quarter = Math.max(1, concurrency / 4);
    return Math.min(concurrency, source.count("millrace.share.batch", quarter, 1));
  }

  Namespace namespace() {
    return topics.namespace();
  }

  /** For the one INFO line at start; no secrets. */
  @Override
  public String toString() {
    return "version=%d adoptionGrace=%s lease=%s drainTimeout=%s startupTimeout=%s chunkBytes=%d settings=[%s]"
        .formatted(version, adoptionGrace, lease, drainTimeout, startupTimeout, chunkBytes, source);
  }
}
