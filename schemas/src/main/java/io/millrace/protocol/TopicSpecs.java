package io.millrace.protocol;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every kind of topic: partitions and configs, the same whoever creates it first. Immutable.
 * Retention of the run log, outcomes, facts and streams is at most the run retention (law 8).
 */
public record TopicSpecs(Namespace namespace, TopicSettings settings) {
  private static final Duration BRIEFLY = Duration.ofHours(1);
  private static final Map<String, String> BROKER_TIME =
      Map.of("message.timestamp.type", "LogAppendTime");

  /** Append time of the broker, because core time comes from these records (law 18). */
  public TopicSpec runs() {
    return kept(namespace.runs(), settings.runPartitions(), settings.runRetention(), BROKER_TIME);
  }

  public TopicSpec steps() {
    return spec(namespace.steps(), 1, Map.of("cleanup.policy", "compact"));
  }

  /** One partition and broker time: deadness is judged by one clock (law 13). */
  public TopicSpec workers() {
    return kept(namespace.workers(), 1, BRIEFLY, BROKER_TIME);
  }

  public TopicSpec cancels() {
    return kept(namespace.cancels(), 1, BRIEFLY, Map.of());
  }

  public TopicSpec outcomes() {
    return kept(namespace.outcomes(), settings.runPartitions(), settings.runRetention(), Map.of());
  }

  public TopicSpec replies() {
    return kept(namespace.replies(), settings.replyPartitions(), BRIEFLY, Map.of());
  }

  public TopicSpec facts() {
    return kept(namespace.facts(), settings.runPartitions(), settings.runRetention(), Map.of());
  }

  public TopicSpec deadLetters() {
    return kept(namespace.deadLetters(), 1, settings.runRetention(), Map.of());
  }

  public TopicSpec events(String workflow, String eventType) {
    return kept(
        namespace.events(workflow, eventType),
        settings.eventPartitions(),
        settings.eventRetention(),
        Map.of());
  }

  /**
   * One run's stream. Records may be read until the run is forgotten; the sweeper deletes the topic
   * sooner.
   */
  public TopicSpec stream(String workflow, String runId) {
    return kept(namespace.stream(workflow, runId), 1, settings.runRetention(), Map.of());
  }

  /**
   * All that the coordinator, workers and clients share, in the order of the table in the protocol.
   */
  public List<TopicSpec> system() {
    return List.of(
        runs(), steps(), workers(), cancels(), outcomes(), replies(), facts(), deadLetters());
  }

  private TopicSpec kept(
      String name, int partitions, Duration retention, Map<String, String> more) {
    Map<String, String> configs = new HashMap<>(more);
    configs.put("cleanup.policy", "delete");
    configs.put("retention.ms", Long.toString(retention.toMillis()));
    if (retention.compareTo(BRIEFLY) <= 0) {
      // A segment is dropped whole, and never while it is the active one.
      configs.put("segment.ms", Long.toString(BRIEFLY.dividedBy(6).toMillis()));
    }
    return spec(name, partitions, configs);
  }

  private TopicSpec spec(String name, int partitions, Map<String, String> more) {
    Map<String, String> configs = new HashMap<>(more);
    configs.put("max.message.bytes", Integer.toString(settings.maxMessageBytes()));
    return new TopicSpec(name, partitions, settings.replication(), configs);
  }
}
