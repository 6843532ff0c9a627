package io.millrace.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's own server objects for one combined node, put together as {@code
 * kafka.server.KafkaRaftServer} does, with two differences that class does not allow: the sockets
 * are bound already, and a fatal fault does not end the process. The only class that knows Kafka's
 * internals; expect to look here when the Kafka version changes.
 */
final class BrokerNode {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerNode.class);

  private final Metrics metrics;
  private final ControllerServer controller;
  private final BrokerServer broker;

  BrokerNode(Properties properties, BoundSockets sockets, BrokerFaults faults) {
    KafkaConfig config = KafkaConfig.fromProps(properties, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> disk =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    QuorumConfig quorum = config.quorumConfig();
    metrics = Server.initializeMetrics(config, Time.SYSTEM, disk._1().clusterId().orElseThrow());
    SharedServer shared =
        new SharedServer(
            config,
            disk._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            faults,
            sockets);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), disk._2());
  }

  /** Makes a new folder the home of a new one-node cluster. */
  static void format(DataFolder folder) throws Exception {
    String path = folder.path().toString();
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(DataFolder.NODE_ID)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(path)
        .addDirectory(path)
        .setUnstableFeatureVersionsEnabled(false)
        .run();
  }

  /** Returns when the broker takes requests. */
  void start() {
    controller.startup();
    broker.startup();
  }

  /**
   * Waits until everything is on disk and all threads have ended; harmless after a start that
   * failed.
   */
  void stop() {
    try {
      broker.shutdown();
      broker.awaitShutdown();
    } finally {
      try {
        controller.shutdown();
        controller.awaitShutdown();
      } finally {
        metrics.close();
      }
    }
  }
}
