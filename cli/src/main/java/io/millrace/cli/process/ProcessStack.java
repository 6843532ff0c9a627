package io.millrace.cli.process;

import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.app.CoordinatorMain;
import io.millrace.http.HttpCoordinatorMain;
import io.millrace.local.EmbeddedKafka;
import io.millrace.local.StackListener;
import io.millrace.local.process.ChildProcess;
import io.millrace.local.process.Supervisor;
import io.millrace.local.registry.DevRegistry;
import io.millrace.local.registry.DevRegistryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A whole Millrace on this machine: a broker and a development registry in this JVM, the
 * coordinator and every step in processes of their own, which are started again when they die.
 * Closed in reverse order. Thread-safe after the start.
 */
public final class ProcessStack implements AutoCloseable {
  /** The name of the coordinator's process. */
  public static final String COORDINATOR = "coordinator";

  /** Small heap, quick start: a step of an example is not a server farm. */
  private static final List<String> JVM =
      List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final Layout layout;
  private final EmbeddedKafka kafka;
  private final DevRegistry registry;
  private final Supervisor supervisor;
  private final StackListener listener;

  private ProcessStack(
      Layout layout,
      EmbeddedKafka kafka,
      DevRegistry registry,
      Supervisor supervisor,
      StackListener listener) {
    this.layout = layout;
    this.kafka = kafka;
    this.registry = registry;
    this.supervisor = supervisor;
    this.listener = listener;
  }

  /**
   * Where things are and go.
   *
   * @param home the built project: class paths of coordinator and steps
   * @param work logs, and data unless {@code data} is given
   * @param data kept between starts; empty: thrown away
   * @param brokerPort 0: any
   * @param registryPort 0: any
   * @param http how the coordinator serves its HTTP API; empty: it does not
   */
  public record Layout(
      Path home,
      Path work,
      Optional<Path> data,
      int brokerPort,
      int registryPort,
      Optional<HttpAccess> http) {
    /** What {@code java -cp} needs to run the coordinator. */
    String coordinatorClassPath() {
      return home.resolve("cli/target/lib").resolve("*").toString();
    }

    /**
     * What {@code java -cp} needs to run a step of the examples: the SDK and the example, no more.
     */
    String stepClassPath() {
      return String.join(
          java.io.File.pathSeparator,
          home.resolve("examples/target/classes").toString(),
          home.resolve("examples/target/lib").resolve("*").toString());
    }

    Path log(String name) {
      return work.resolve("logs").resolve(name.replace(' ', '-') + ".log");
    }

    Path coordinatorState() {
      return data.orElse(work).resolve("coordinator");
    }
  }

  /**
   * Starts broker, registry and coordinator; the first two answer when this returns.
   *
   * @param told a line for a person whenever a process dies and is started again
   * @throws io.millrace.local.LocalException if a port is taken, a folder cannot be used, or the
   *     broker does not start
   */
  public static ProcessStack start(Layout layout, StackListener listener, Consumer<String> told) {
    EmbeddedKafka.Builder broker = EmbeddedKafka.builder().port(layout.brokerPort());
    layout.data().ifPresent(data -> broker.dataFolder(data.resolve("broker")));
    EmbeddedKafka kafka = timed(listener, "broker", broker::start, EmbeddedKafka::bootstrapServers);
    DevRegistry registry;
    try {
      registry =
          timed(listener, "registry", () -> DevRegistry.start(registry(layout)), DevRegistry::url);
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
    ProcessStack stack = new ProcessStack(layout, kafka, registry, new Supervisor(told), listener);
    try {
      stack.startCoordinator();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private static DevRegistryConfig registry(Layout layout) {
    DevRegistryConfig config = DevRegistryConfig.ofDefaults().withPort(layout.registryPort());
    return layout.data().map(data -> config.withFolder(data.resolve("registry"))).orElse(config);
  }

  private void startCoordinator() {
    Map<String, String> environment = MillraceConfig.variables(config());
    environment.put("MILLRACE_STATE_DIR", layout.coordinatorState().toString());
    layout.http().ifPresent(http -> environment.putAll(MillraceConfig.variables(http.settings())));
    Class<?> main = layout.http().isPresent() ? HttpCoordinatorMain.class : CoordinatorMain.class;
    child(COORDINATOR, main.getName(), layout.coordinatorClassPath(), environment);
  }

  /**
   * Starts one step in a process of its own.
   *
   * @param name the step's
   * @param environment settings of the example, added to the addresses
   */
  public void startStep(String name, String mainClass, Map<String, String> environment) {
    Map<String, String> all = MillraceConfig.variables(config());
    all.putAll(environment);
    child(name, mainClass, layout.stepClassPath(), all);
  }

  private void child(
      String name, String mainClass, String classPath, Map<String, String> environment) {
    long began = System.nanoTime();
    Path log = layout.log(name);
    Path logging = layout.home().resolve("cli/target/classes/log4j2-process.xml");
    supervisor.start(
        new ChildProcess(name, mainClass, List.of(), classPath, JVM, environment, log, logging));
    listener.started(
        name, "process " + supervisor.pid(name), Duration.ofNanos(System.nanoTime() - began));
  }

  /** Settings for a client of this stack. */
  public Map<String, String> config() {
    return Map.of(
        "bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", registry.url());
  }

  /** Process id of the coordinator or of a step; -1 when it is not running just now. */
  public long pid(String name) {
    return supervisor.pid(name);
  }

  /** Where the output of a process goes. */
  public Path log(String name) {
    return layout.log(name);
  }

  @Override
  public void close() {
    try {
      supervisor.close();
    } finally {
      try {
        registry.close();
      } finally {
        kafka.close();
      }
    }
  }

  private static <T> T timed(
      StackListener listener,
      String what,
      Supplier<T> start,
      java.util.function.Function<T, String> where) {
    listener.starting(what);
    long began = System.nanoTime();
    T started = start.get();
    listener.started(what, where.apply(started), Duration.ofNanos(System.nanoTime() - began));
    return started;
  }
}
