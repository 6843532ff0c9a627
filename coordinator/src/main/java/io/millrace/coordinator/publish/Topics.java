package io.millrace.coordinator.publish;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.Rights;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TopicCreationException;
import io.millrace.protocol.TopicSpec;
import io.millrace.protocol.TopicSpecs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that the coordinator needs and checks those that were there. Thread-safe. */
public final class Topics {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final String TIMESTAMPS = "message.timestamp.type";
  private static final String CLEANUP = "cleanup.policy";
  private static final String RETENTION = "retention.ms";
  private final Cluster cluster;
  private final TopicSpecs specs;
  private final Set<String> eventTopics = ConcurrentHashMap.newKeySet();

  public Topics(Cluster cluster, TopicSpecs specs) {
    this.cluster = cluster;
    this.specs = specs;
  }

  /**
   * Makes sure of the namespace's own topics.
   *
   * @param rights of this coordinator, to which those on these topics are added
   * @return partitions of the run log
   * @throws io.millrace.protocol.MissingRightsException if the broker does not allow what it does
   * @throws TopicMisconfiguredException if an existing one would break a law
   */
  public int ensureSystem(Rights rights) {
    List<TopicSpec> system = specs.system();
    cluster.create(system);
    cluster.check(onSystem(rights));
    int runPartitions = specs.settings().runPartitions();
    for (TopicSpec spec : system) {
      int partitions = cluster.partitions(spec.name()).orElse(spec.partitions());
      if (spec.name().equals(specs.namespace().workers()) && partitions != 1) {
        throw TopicMisconfiguredException.partitions(spec.name(), partitions, 1);
      }
      check(spec, cluster.configs(spec.name()));
      if (spec.name().equals(specs.namespace().runs())) {
        runPartitions = partitions;
      }
    }
    return runPartitions;
  }

  private Rights onSystem(Rights rights) {
    Namespace namespace = specs.namespace();
    rights.onTopic(namespace.runs(), READ, WRITE, DESCRIBE_CONFIGS);
    rights.onTopic(namespace.workers(), READ, WRITE, DESCRIBE_CONFIGS);
    rights.onTopic(namespace.replies(), READ, WRITE, DESCRIBE_CONFIGS);
    rights.onTopic(namespace.facts(), READ, WRITE, DESCRIBE_CONFIGS);
    rights.onTopic(namespace.steps(), READ, DESCRIBE_CONFIGS);
    for (String written :
        List.of(namespace.cancels(), namespace.outcomes(), namespace.deadLetters())) {
      rights.onTopic(written, WRITE, DESCRIBE_CONFIGS);
    }
    return rights;
  }

  /** The id of the run log, which is there. */
  public String runLogId() {
    return cluster.topicId(specs.namespace().runs());
  }

  /** Makes sure of the event topics of a step; a failure is logged and told by the dispatches. */
  public void ensureEvents(StepRegistration step) {
    Map<String, TopicSpec> missing = new LinkedHashMap<>();
    for (List<EventDeclaration> events : List.of(step.getAccepts(), step.getEmits())) {
      for (EventDeclaration event : events) {
        TopicSpec spec = specs.events(step.getWorkflow(), event.getType());
        if (!eventTopics.contains(spec.name())) {
          missing.put(spec.name(), spec);
        }
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    try {
      cluster.create(missing.values());
      eventTopics.addAll(missing.keySet());
    } catch (KafkaException | TopicCreationException e) {
      LOG.warn(
          "event topics could not be created; dispatches to them fail by name until the step's"
              + " worker has created them workflow={} step={} error={}",
          step.getWorkflow(),
          step.getStep(),
          e.toString());
    }
  }

  private void check(TopicSpec spec, Map<String, String> actual) {
    if (spec.configs().containsKey(TIMESTAMPS)) {
      require(
          spec,
          actual,
          TIMESTAMPS,
          "its timestamps are the protocol's only clock, so the broker must set them");
    }
    if ("compact".equals(spec.configs().get(CLEANUP))) {
      require(spec, actual, CLEANUP, "registrations must outlive any retention");
    }
    boolean bounded =
        spec.name().equals(specs.namespace().runs())
            || spec.name().equals(specs.namespace().outcomes());
    long retention = Long.parseLong(actual.getOrDefault(RETENTION, "-1"));
    long most = specs.settings().runRetention().toMillis();
    if (bounded && (retention < 0 || retention > most)) {
      throw TopicMisconfiguredException.setting(
          spec.name(),
          RETENTION,
          Long.toString(retention),
          Long.toString(most),
          "it must not remember longer than the coordinator does (millrace.run.retention.ms), or"
              + " a forgotten run could be replayed");
    }
  }

  private static void require(
      TopicSpec spec, Map<String, String> actual, String setting, String why) {
    String wanted = spec.configs().get(setting);
    String found = actual.getOrDefault(setting, "");
    if (wanted != null && !List.of(found.split(",")).contains(wanted)) {
      throw TopicMisconfiguredException.setting(spec.name(), setting, found, wanted, why);
    }
  }
}
