package io.millrace.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Server properties of one small node: broker and controller in one, quick to start, quick to
 * forget the dead.
 */
final class BrokerProperties {

  private static final List<String> INTERNAL_TOPICS =
      List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic");

  private BrokerProperties() {}

  static Properties of(Path folder, int port, int controllerPort, Map<String, String> extra) {
    Properties all = new Properties();
    node(all, folder, port, controllerPort);
    internalTopics(all);
    footprint(all);
    sessions(all);
    extra.forEach(all::setProperty);
    return all;
  }

  private static void node(Properties all, Path folder, int port, int controllerPort) {
    String host = BoundSockets.HOST;
    all.setProperty("process.roles", "broker,controller");
    all.setProperty("node.id", String.valueOf(DataFolder.NODE_ID));
    all.setProperty(
        "listeners",
        "PLAINTEXT://" + host + ":" + port + ",CONTROLLER://" + host + ":" + controllerPort);
    all.setProperty("advertised.listeners", "PLAINTEXT://" + host + ":" + port);
    all.setProperty("controller.listener.names", "CONTROLLER");
    all.setProperty("inter.broker.listener.name", "PLAINTEXT");
    all.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    // A static voter may come back on another port; a dynamic one is remembered with its old one.
    all.setProperty(
        "controller.quorum.voters", DataFolder.NODE_ID + "@" + host + ":" + controllerPort);
    all.setProperty("log.dirs", folder.toString());
    // Topics are made by whoever needs them: a typing error must not make one.
    all.setProperty("auto.create.topics.enable", "false");
  }

  private static void internalTopics(Properties all) {
    for (String topic : INTERNAL_TOPICS) {
      all.setProperty(topic + ".num.partitions", "1");
      all.setProperty(topic + ".replication.factor", "1");
    }
    all.setProperty("transaction.state.log.min.isr", "1");
    all.setProperty("share.coordinator.state.topic.min.isr", "1");
  }

  private static void footprint(Properties all) {
    all.setProperty("group.coordinator.threads", "1");
    all.setProperty("num.network.threads", "1");
    all.setProperty("num.io.threads", "2");
    all.setProperty("background.threads", "2");
    all.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(2 * 1024 * 1024));
    all.setProperty("log.index.size.max.bytes", String.valueOf(1024 * 1024));
  }

  /**
   * On one machine a silent process is a dead one, so its place is given away soon: after a kill
   * the broker comes back in seconds (a start waits until the session of the node's previous life
   * is over), and so do group members.
   */
  private static void sessions(Properties all) {
    all.setProperty("broker.session.timeout.ms", "2000");
    all.setProperty("broker.heartbeat.interval.ms", "300");
    all.setProperty("group.initial.rebalance.delay.ms", "0");
    all.setProperty("group.min.session.timeout.ms", "1000");
    for (String kind : List.of("group.consumer.", "group.share.", "group.streams.")) {
      all.setProperty(kind + "min.session.timeout.ms", "1000");
      all.setProperty(kind + "min.heartbeat.interval.ms", "300");
      all.setProperty(kind + "session.timeout.ms", "10000");
      all.setProperty(kind + "heartbeat.interval.ms", "2000");
      // Who joins has its partitions with the answer, and not a second and a heartbeat later.
      all.setProperty(kind + "assignment.interval.ms", "0");
      all.setProperty(kind + "assignor.offload.enable", "false");
    }
    // A share group's member learns of its partitions with a heartbeat, one after it has joined.
    all.setProperty("group.share.heartbeat.interval.ms", "500");
    all.setProperty("group.share.min.record.lock.duration.ms", "1000");
  }
}
