package io.millrace.protocol;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic as it is created if it is missing; an existing one is left as it is.
 *
 * @param replication empty: the broker's default
 */
public record TopicSpec(
    String name, int partitions, Optional<Short> replication, Map<String, String> configs) {
  public TopicSpec {
    configs = Map.copyOf(configs);
    if (partitions < 1) {
      throw new IllegalArgumentException(name + " cannot have " + partitions + " partitions");
    }
  }

  public NewTopic toNewTopic() {
    return new NewTopic(name, Optional.of(partitions), replication).configs(configs);
  }
}
