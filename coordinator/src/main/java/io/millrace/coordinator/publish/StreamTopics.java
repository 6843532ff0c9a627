package io.millrace.coordinator.publish;

import io.millrace.protocol.RunFact;
import io.millrace.protocol.TopicSpec;
import io.millrace.protocol.TopicSpecs;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which stream topics there are, as far as it was asked: a question to the cluster for every entry
 * of every stream would cost more than the entries. Used by the publisher's thread.
 */
final class StreamTopics {
  private static final int REMEMBERED = 10_000;

  private final Cluster cluster;
  private final TopicSpecs specs;
  private final Set<String> known =
      Collections.newSetFromMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  StreamTopics(Cluster cluster, TopicSpecs specs) {
    this.cluster = cluster;
    this.specs = specs;
  }

  String name(RunFact fact) {
    return specs.namespace().stream(fact.getWorkflow(), fact.getRunId());
  }

  /** Makes sure of the streams of these facts, with one order for all that may be missing. */
  void ensure(Collection<RunFact> facts) {
    Map<String, TopicSpec> missing = new LinkedHashMap<>();
    for (RunFact fact : facts) {
      String topic = name(fact);
      if (!known.contains(topic)) {
        missing.put(topic, specs.stream(fact.getWorkflow(), fact.getRunId()));
      }
    }
    if (!missing.isEmpty()) {
      cluster.createUnasked(missing.values());
      known.addAll(missing.keySet());
    }
  }

  boolean exists(RunFact fact) {
    String topic = name(fact);
    if (known.contains(topic)) {
      return true;
    }
    boolean found = cluster.partitions(topic).isPresent();
    if (found) {
      known.add(topic);
    }
    return found;
  }

  void delete(Collection<String> topics) {
    if (!topics.isEmpty()) {
      known.removeAll(topics);
      cluster.delete(topics);
    }
  }

  /** After an error nothing is known any more. */
  void doubt() {
    known.clear();
  }
}
