package io.millrace.system;

import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * Coordinators and copies of steps on a cluster, each in a container that may write to its volumes
 * only, has no privileges, and is started again when it ends by itself, as an orchestrator would.
 */
final class Fleet implements AutoCloseable {
  private static final String SMALL =
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError ";

  /** Where steps serve their metrics, each in its own container; their image asks there too. */
  static final String METRICS_PORT = "9404";

  /** Whether a coordinator is healthy; nanoseconds. */
  private static final long ASK_EVERY = Duration.ofSeconds(3).toNanos();

  /** Longer than {@code millrace.drain.timeout.ms}. */
  private static final int STOP_SECONDS = 45;

  /** Ending is waiting, and not as many wait at once in the common pool. */
  private static final Executor ENDING =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "ending");
            thread.setDaemon(true);
            return thread;
          });

  private final Cluster cluster;
  private final List<Member> coordinators = new ArrayList<>();
  private final Map<String, List<Member>> copies = new HashMap<>();
  private int made;

  Fleet(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Starts so many coordinators, each with standbys of what the others hold. */
  Fleet coordinators(int count) {
    List<Member> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(coordinator());
    }
    start(started);
    coordinators.addAll(started);
    return this;
  }

  /** Starts or ends copies until there are so many; those that end are asked to. */
  Fleet scale(Service service, int count) {
    scale(List.of(service), count);
    return this;
  }

  /** As {@link #scale(Service, int)}, of all at once. */
  Fleet scale(List<Service> services, int count) {
    List<Member> started = new ArrayList<>();
    List<Member> surplus = new ArrayList<>();
    for (Service service : services) {
      List<Member> present = copies.computeIfAbsent(service.name(), name -> new ArrayList<>());
      while (present.size() > count) {
        surplus.add(present.remove(present.size() - 1));
      }
      while (present.size() < count) {
        Member copy = step(service);
        present.add(copy);
        started.add(copy);
      }
    }
    end(surplus);
    start(started);
    return this;
  }

  /** All at once, as an orchestrator does. */
  private void end(List<Member> members) {
    CompletableFuture.allOf(
            members.stream()
                .map(member -> CompletableFuture.runAsync(() -> end(member), ENDING))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private void end(Member member) {
    stop(member);
    Containers.close(member.container());
  }

  /**
   * Starts a copy as users run it: with the image's own flags, under this limit of its memory. The
   * caller {@linkplain Containers#close closes} its container.
   */
  Member asShipped(Service service, long bytes) {
    Member copy = plain(service);
    copy.container()
        .withCreateContainerCmdModifier(
            command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withMemory(bytes)
                    .withMemorySwap(bytes));
    start(List.of(copy));
    return copy;
  }

  /** One more copy, which the caller starts. */
  Member add(Service service) {
    Member copy = step(service);
    copies.computeIfAbsent(service.name(), name -> new ArrayList<>()).add(copy);
    return copy;
  }

  /** Ends a member in order; what it has on disk is there when it is started again. */
  void stop(Member member) {
    Docker.stop(member, STOP_SECONDS);
  }

  /** Ends a coordinator in order and starts another with an empty disk. */
  void replace(Member coordinator) {
    end(coordinator);
    coordinators.remove(coordinator);
    coordinators(1);
  }

  private static void start(List<Member> members) {
    Startables.deepStart(members.stream().map(Member::container).toList()).join();
  }

  private Member coordinator() {
    String name = "coordinator-" + ++made;
    GenericContainer<?> container =
        container(Images.coordinator(), name)
            .withEnv("JAVA_TOOL_OPTIONS", SMALL + "-Xmx192m")
            .withEnv("MILLRACE_COORDINATOR_STANDBYS", "1")
            .withEnv("MILLRACE_RUN_PARTITIONS", "6")
            .withEnv("MILLRACE_STREAM_RETENTION_MS", "3000")
            .withEnv("MILLRACE_SWEEP_INTERVAL_MS", "10000")
            // For the image's own check alone.
            .withEnv("MILLRACE_HTTP_AUTH", "off")
            .withCreateContainerCmdModifier(
                command -> command.withHealthcheck(new HealthCheck().withInterval(ASK_EVERY)))
            .waitingFor(ready(".*millrace coordinator ready.*"));
    return new Member(name, Member.Kind.COORDINATOR, container);
  }

  /** With flags by which many of them find room on one machine. */
  private Member step(Service service) {
    Member copy = plain(service);
    copy.container().withEnv("JAVA_TOOL_OPTIONS", SMALL + "-Xmx96m");
    return copy;
  }

  private Member plain(Service service) {
    String name = service.name() + "-" + ++made;
    GenericContainer<?> container =
        container(Images.steps(), name)
            .withEnv("MILLRACE_LEASE_MS", "5000")
            .withEnv("MILLRACE_METRICS_PORT", METRICS_PORT)
            .withEnv(service.variables())
            .withCommand(service.arguments().toArray(String[]::new))
            .waitingFor(ready(".*Ready\\. workflow=.*"));
    return new Member(name, Member.Kind.STEP, container);
  }

  private GenericContainer<?> container(DockerImageName image, String name) {
    return Containers.confined(image, name, cluster.network())
        .withEnv("MILLRACE_BOOTSTRAP_SERVERS", cluster.inside())
        .withEnv("MILLRACE_SCHEMA_REGISTRY_URL", Cluster.registryInside())
        .withEnv("MILLRACE_REPLICATION_FACTOR", "3")
        // As many copies of a step have work.
        .withEnv("MILLRACE_EVENT_PARTITIONS", "8")
        .withCreateContainerCmdModifier(
            command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withRestartPolicy(RestartPolicy.unlessStoppedRestart()));
  }

  private static WaitStrategy ready(String line) {
    return Wait.forLogMessage(line, 1).withStartupTimeout(Duration.ofMinutes(5));
  }

  List<Member> coordinators() {
    return List.copyOf(coordinators);
  }

  List<Member> copies(Service service) {
    return List.copyOf(copies.getOrDefault(service.name(), List.of()));
  }

  /** The hosts of its copies, which a step may tell. */
  Set<String> hosts(Service service) {
    return copies(service).stream().map(Member::name).collect(Collectors.toSet());
  }

  /** Coordinators first, then steps. */
  List<Member> members() {
    List<Member> all = new ArrayList<>(coordinators);
    copies.values().forEach(all::addAll);
    return all;
  }

  /** What a container has said; nothing if it is not made yet. */
  static String log(Member member) {
    if (member.container().getContainerId() == null) {
      return "";
    }
    return member.container().getLogs(OutputFrame.OutputType.STDOUT);
  }

  @Override
  public void close() {
    members().parallelStream().forEach(member -> Containers.close(member.container()));
  }
}
