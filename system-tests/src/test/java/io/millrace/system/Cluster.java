package io.millrace.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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

  private Cluster(int count, BiConsumer<Integer, GenericContainer<?>> change) {
    network = Containers.network();
    ports = IntStream.range(0, count).mapToObj(i -> Ports.free()).toList();
    brokers = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      GenericContainer<?> broker = Broker.create(id, count, ports.get(id - 1), network);
      change.accept(id, broker);
      brokers.add(broker);
    }
    registryPort = Ports.free();
    registry = createRegistry();
  }

  /** Three brokers and the registry; they answer when this returns. */
  static Cluster start() {
    return start(3, (id, broker) -> {});
  }

  /**
   * @param change is given the id of each broker, from 1, and its container before that is made:
   *     for more variables {@code KAFKA_*}, and files
   */
  static Cluster start(int brokers, BiConsumer<Integer, GenericContainer<?>> change) {
    Cluster cluster = new Cluster(brokers, change);
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

  private GenericContainer<?> createRegistry() {
    GenericContainer<?> container =
        Containers.of(Images.registry(), "registry", network)
            .withEnv("QUARKUS_HTTP_PORT", "8080")
            .withEnv("APICURIO_STORAGE_KIND", "kafkasql")
            .withEnv("APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", inside())
            // Its start takes two polls of an empty topic, five seconds each by default.
            .withEnv("APICURIO_KAFKASQL_CONSUMER_POLL_TIMEOUT", "300")
            .waitingFor(
                Wait.forHttp(REGISTRY_API + "/subjects")
                    .forPort(8080)
                    .withStartupTimeout(Duration.ofMinutes(3)));
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
  Member broker(int id) {
    return new Member(Broker.name(id), Member.Kind.BROKER, brokers.get(id - 1));
  }

  Member registry() {
    return new Member("registry", Member.Kind.REGISTRY, registry);
  }

  /** All brokers, and the registry. */
  List<Member> members() {
    List<Member> all = new ArrayList<>();
    for (int id = 1; id <= brokers.size(); id++) {
      all.add(broker(id));
    }
    all.add(registry());
    return all;
  }

  /** Whether every partition has all of its replicas: another broker may be lost. */
  boolean isInSync() {
    try (Admin admin = admin()) {
      Set<String> topics =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      for (KafkaFuture<TopicDescription> topic :
          admin.describeTopics(topics).topicNameValues().values()) {
        if (!isInSync(topic)) {
          return false;
        }
      }
      return true;
    } catch (ExecutionException e) {
      // A broker that is just coming: ask again.
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isInSync(KafkaFuture<TopicDescription> topic)
      throws ExecutionException, InterruptedException {
    try {
      return topic.get().partitions().stream()
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return true; // Deleted meanwhile, as streams are all the time.
      }
      throw e;
    }
  }

  /** Returns when {@link #isInSync}. */
  void awaitInSync() {
    await("that all replicas are in sync")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(this::isInSync);
  }

  /** Returns when the registry answers again. */
  void awaitRegistry() {
    await("that the registry answers")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(this::registryAnswers);
  }

  private boolean registryAnswers() throws InterruptedException {
    HttpRequest subjects =
        HttpRequest.newBuilder(URI.create(registryOutside() + "/subjects")).build();
    try {
      return HttpClient.newHttpClient().send(subjects, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** For whoever asks the brokers; to be closed. */
  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", outside()));
  }

  /** Of all that there are, the names. */
  Set<String> topics() throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      return admin.listTopics().names().get();
    }
  }

  @Override
  public void close() {
    Containers.close(registry);
    brokers.forEach(Containers::close);
    network.close();
  }
}
