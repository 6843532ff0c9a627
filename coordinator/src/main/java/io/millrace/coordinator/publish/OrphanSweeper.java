package io.millrace.coordinator.publish;

import io.millrace.protocol.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes stream topics that no run will ever delete: an attempt may have created one and died
 * before it could say so (law 11), or have been frozen until its run had ended and the topic was
 * deleted, and then have created it anew. A topic goes only if its newest record is older than the
 * stream retention, and so is the end of its run, or the coordinator knows nothing of the run. Used
 * by one thread.
 */
public final class OrphanSweeper implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweeper.class);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Namespace namespace;
  private final Cluster cluster;
  private final RunLookup lookup;
  private final Duration retention;
  private Map<String, Long> emptySince = new HashMap<>();

  OrphanSweeper(Namespace namespace, Cluster cluster, RunLookup lookup, Duration retention) {
    this.namespace = namespace;
    this.cluster = cluster;
    this.lookup = lookup;
    this.retention = retention;
  }

  public static OrphanSweeper of(
      Namespace namespace, Cluster cluster, InspectingLookup lookup, Duration streamRetention) {
    return new OrphanSweeper(namespace, cluster, lookup, streamRetention);
  }

  /** Looks at all stream topics once. An error ends this sweep; the next one begins afresh. */
  @Override
  public void run() {
    try {
      sweep(System.currentTimeMillis());
    } catch (KafkaException e) {
      LOG.warn(
          "sweep of stream topics ended early, the next one begins afresh error={}", e.toString());
    }
  }

  void sweep(long nowMillis) {
    Map<String, Long> empty = new HashMap<>();
    for (String topic : cluster.topics()) {
      if (namespace.isStreamTopic(topic)) {
        sweepOne(topic, nowMillis, empty);
      }
    }
    emptySince = empty;
  }

  /** Streams come and go while a sweep is on: one that is gone by now is no reason to end it. */
  private void sweepOne(String topic, long nowMillis, Map<String, Long> empty) {
    try {
      Optional<Long> newest = cluster.newestRecordMillis(topic);
      long lastMillis = newest.orElse(emptySince.getOrDefault(topic, nowMillis));
      if (newest.isEmpty()) {
        empty.put(topic, lastMillis);
      }
      // Asked again after the answer: a redrive may have gone on with the stream meanwhile.
      if (nowMillis - lastMillis > retention.toMillis()
          && isOrphan(topic, nowMillis)
          && cluster.newestRecordMillis(topic).equals(newest)) {
        cluster.delete(List.of(topic));
        LOG.info("stream topic that no run will delete was deleted topic={}", topic);
      }
    } catch (UnknownTopicOrPartitionException e) {
      LOG.debug("stream topic deleted by somebody else meanwhile topic={}", topic);
    }
  }

  private boolean isOrphan(String topic, long nowMillis) {
    String runId = topic.substring(topic.lastIndexOf('.') + 1);
    return lookup
        .ask(runId, ANSWER)
        .map(standing -> !standing.keepsStream(Instant.ofEpochMilli(nowMillis), retention))
        .orElse(false);
  }
}
