package io.millrace.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * One broker of a cluster, which is one of its controllers too. Other containers reach it as {@code
 * bN:9093}, this JVM as {@code localhost} at a port of its own.
 */
final class Broker {
  private Broker() {}

  /**
   * Not started yet.
   *
   * @param id from 1
   * @param of how many there are
   * @param port of this machine
   */
  static GenericContainer<?> create(int id, int of, int port, Network network) {
    GenericContainer<?> broker =
        Containers.of(Images.kafka(), name(id), network)
            .withCreateContainerCmdModifier(command -> command.withHostName(name(id)))
            .withEnv(variables(id, of, port))
            .waitingFor(
                // Three of them and all else start on few processors.
                Wait.forLogMessage(".*Kafka Server started.*", 1)
                    .withStartupTimeout(Duration.ofMinutes(3)));
    broker.setPortBindings(List.of(Ports.published(port, 9092)));
    return broker;
  }

  static String name(int id) {
    return "b" + id;
  }

  /** Where containers find it. */
  static String inside(int id) {
    return name(id) + ":9093";
  }

  private static Map<String, String> variables(int id, int of, int port) {
    String replicas = Integer.toString(Math.min(3, of));
    String inSync = of > 2 ? "2" : "1";
    return Map.ofEntries(
        Map.entry("KAFKA_NODE_ID", Integer.toString(id)),
        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", voters(of)),
        Map.entry("KAFKA_LISTENERS", "HOST://:9092,BROKER://:9093,CONTROLLER://:9094"),
        Map.entry(
            "KAFKA_ADVERTISED_LISTENERS", "HOST://localhost:" + port + ",BROKER://" + inside(id)),
        Map.entry(
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
            "HOST:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "BROKER"),
        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
        Map.entry("KAFKA_LOG_DIRS", "/var/lib/kafka/data"),
        Map.entry("KAFKA_DEFAULT_REPLICATION_FACTOR", replicas),
        Map.entry("KAFKA_MIN_INSYNC_REPLICAS", inSync),
        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", replicas),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", replicas),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", inSync),
        Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", replicas),
        Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", inSync),
        // Who is dead or cut off leads nothing any more after as long as with workers' groups.
        Map.entry("KAFKA_BROKER_SESSION_TIMEOUT_MS", "6000"),
        Map.entry("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "1500"),
        // Fewer than by default: they are all made, led and moved on one machine.
        Map.entry("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "3"),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "3"),
        Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_NUM_PARTITIONS", "3"),
        Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
        Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
        Map.entry("KAFKA_LOG_CLEANER_DEDUPE_BUFFER_SIZE", "4194304"),
        Map.entry("KAFKA_LOG_INDEX_SIZE_MAX_BYTES", "1048576"),
        Map.entry("KAFKA_HEAP_OPTS", "-Xms128m -Xmx384m"),
        Map.entry("KAFKA_JVM_PERFORMANCE_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"));
  }

  private static String voters(int of) {
    StringBuilder voters = new StringBuilder();
    for (int id = 1; id <= of; id++) {
      voters.append(id == 1 ? "" : ",").append(id).append('@').append(name(id)).append(":9094");
    }
    return voters.toString();
  }
}
