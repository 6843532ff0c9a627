package io.millrace.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;

/**
 * Kafka brokers, replication 3 and two in sync if there are three of them, and a schema registry
 * that keeps its schemas in Kafka, on a network of their own. Addresses come twice: for other
 * containers and for this JVM; both stay as they are when a container is started again.
 */
final class Cluster implements AutoCloseable {
  private static final String REGISTRY_API = "/apis/ccompat/v7";

  private final Network network;
  private final List<GenericContainer<?>> brokers;
  private final List<Integer> ports;
  private final GenericContainer<?> registry;
  private final int registryPort;

  private Cluster(int count, Map<String, String> brokerVariables) {
    network = Network.newNetwork();
    ports = IntStream.range(0, count).mapToObj(i -> Ports.free()).toList();
    brokers = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      brokers.add(Broker.create(id, count, ports.get(id - 1), network, brokerVariables));
    }
    registryPort = Ports.free();
    registry = registry();
  }

  /** Three brokers and the registry; they answer when this returns. */
  static Cluster start() {
    return start(3, Map.of());
  }

  /**
   * @param brokerVariables {@code KAFKA_*} of every broker, over those of {@link Broker}
   */
  static Cluster start(int brokers, Map<String, String> brokerVariables) {
    Cluster cluster = new Cluster(brokers, brokerVariables);
    try {
      // Together: a quorum needs most of them.
      Startables.deepStart(cluster.brokers).join();
      cluster.registry.start();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private GenericContainer<?> registry() {
    GenericContainer<?> container =
        new GenericContainer<>(Images.registry())
            .withNetwork(network)
            .withNetworkAliases("registry")
            .withEnv("QUARKUS_HTTP_PORT", "8080")
            .withEnv("APICURIO_STORAGE_KIND", "kafkasql")
            .withEnv("APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", inside())
            // Its start takes two polls of an empty topic, five seconds each by default.
            .withEnv("APICURIO_KAFKASQL_CONSUMER_POLL_TIMEOUT", "300")
            .waitingFor(Wait.forHttp(REGISTRY_API + "/subjects").forPort(8080));
    container.addExposedPort(8080);
    container.setPortBindings(List.of(Ports.published(registryPort, 8080)));
    return container;
  }

  Network network() {
    return network;
  }

  /** Brokers as this JVM reaches them. */
  String outside() {
    return ports.stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
  }

  /** Brokers as containers on the network reach them. */
  String inside() {
    return IntStream.rangeClosed(1, brokers.size())
        .mapToObj(Broker::inside)
        .collect(Collectors.joining(","));
  }

  /** The registry as this JVM reaches it. */
  String registryOutside() {
    return "http://localhost:" + registryPort + REGISTRY_API;
  }

  /** The registry as containers on the network reach it. */
  static String registryInside() {
    return "http://registry:8080" + REGISTRY_API;
  }

  /** Settings for a client of Millrace in this JVM. */
  Map<String, String> client() {
    return Map.of("bootstrap.servers", outside(), "schema.registry.url", registryOutside());
  }

  /** From 1. */
  GenericContainer<?> broker(int id) {
    return brokers.get(id - 1);
  }

  List<GenericContainer<?>> brokers() {
    return List.copyOf(brokers);
  }

  GenericContainer<?> registryContainer() {
    return registry;
  }

  @Override
  public void close() {
    registry.close();
    brokers.forEach(GenericContainer::close);
    network.close();
  }
}
