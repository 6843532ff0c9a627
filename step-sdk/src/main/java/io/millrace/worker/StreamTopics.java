package io.millrace.worker;

import io.millrace.protocol.TopicBatches;
import io.millrace.protocol.TopicSpecs;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** Creates run streams on first use, and remembers which exist. Thread-safe. */
class StreamTopics {
  private static final int REMEMBERED = 10_000;
  private final TopicBatches batches;
  private final TopicSpecs specs;
  private final Set<String> known =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  StreamTopics(Admin admin, TopicSpecs specs) {
    this.batches = new TopicBatches(admin);
    this.specs = specs;
  }

  /**
   * The run's topic, which exists now. A try calls this once: the topic of a run that has ended is
   * deleted, and a late writer must not bring it back (law 11).
   *
   * @throws io.millrace.protocol.TopicCreationException if the broker refuses
   */
  String ensure(String workflow, String runId) {
    String topic = specs.namespace().stream(workflow, runId);
    if (!known.contains(topic)) {
      batches.ensure(specs.stream(workflow, runId));
      known.add(topic);
    }
    return topic;
  }

  /** It turned out not to exist any more. */
  void forget(String topic) {
    known.remove(topic);
  }
}
