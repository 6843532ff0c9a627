package io.millrace.bench.stack;

import io.millrace.WorkflowClient;
import io.millrace.bench.raw.RawChains;
import io.millrace.bench.raw.RawHop;
import io.millrace.bench.raw.RawLine;
import io.millrace.bench.raw.RawTeller;
import io.millrace.bench.raw.RawTelling;
import io.millrace.bench.raw.RawTopics;
import io.millrace.bench.step.StepMain;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.app.CoordinatorMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Millrace of separate JVMs: broker with registry, coordinator, one for each step; the client is
 * in this one. Thread-safe.
 */
public final class BenchStack implements AutoCloseable {
  public static final String BROKER = "broker";
  public static final String COORDINATOR = "coordinator";
  private static final String COORDINATOR_READY = "millrace coordinator ready";

  private final Processes processes;
  private final MillraceConfig config;
  private final WorkflowClient client;
  private final AtomicBoolean closed = new AtomicBoolean();

  private BenchStack(Processes processes, MillraceConfig config) {
    this.processes = processes;
    this.config = config;
    this.client = WorkflowClient.create(config);
  }

  /**
   * Starts broker, registry and coordinator, and returns when they answer.
   *
   * @param told a line for a person
   */
  public static BenchStack start(StackOptions options, Consumer<String> told)
      throws InterruptedException {
    Processes processes = Processes.prepare(options, told);
    try {
      List<String> properties = new ArrayList<>();
      options.broker().forEach((name, value) -> properties.add(name + "=" + value));
      processes.start(BROKER, "512m", StackMain.class.getName(), properties, Map.of());
      String[] ready = processes.await(BROKER, StackMain.READY).split(" ");
      Map<String, String> settings = new LinkedHashMap<>(options.settings());
      settings.put(MillraceConfig.BOOTSTRAP_SERVERS, ready[0]);
      settings.put("schema.registry.url", ready[1]);
      MillraceConfig config = MillraceConfig.of(settings);
      Path state = options.folder().resolve("coordinator");
      MillraceConfig own = config.with(Map.of("millrace.state.dir", state.toString()));
      processes.start(COORDINATOR, "512m", CoordinatorMain.class.getName(), List.of(), own.asMap());
      processes.await(COORDINATOR, COORDINATOR_READY);
      return new BenchStack(processes, config);
    } catch (RuntimeException | InterruptedException e) {
      processes.close();
      throw e;
    }
  }

  /** The settings of clients. */
  public MillraceConfig config() {
    return config;
  }

  /** One client for all; closed with the stack. */
  public WorkflowClient client() {
    return client;
  }

  /**
   * Starts each of these step classes in a JVM of its own, named {@code workflow-Class}, and
   * returns when all of their steps are registered.
   *
   * @param steps have a constructor without parameters
   */
  public Workers workers(String workflow, Class<?>... steps) throws InterruptedException {
    return workers(
        Stream.of(steps)
            .map(
                step ->
                    new WorkerProcess(
                        workflow + "-" + step.getSimpleName(),
                        List.of(new WorkerProcess.Job(workflow, step))))
            .toList());
  }

  /** Starts these processes, and returns when all of their steps are registered. */
  public Workers workers(List<WorkerProcess> started) throws InterruptedException {
    for (WorkerProcess worker : started) {
      processes.start(
          worker.name(), "192m", StepMain.class.getName(), worker.arguments(), config.asMap());
    }
    Workers workers = new Workers(processes, started);
    workers.awaitRegistered(client);
    return workers;
  }

  /**
   * Starts chains of plain Kafka loops: a JVM for the first hop of each, a JVM for the second, and
   * so on. Returns when all of them poll.
   *
   * @param lengths of the chains, in hops; no two alike
   * @param jvms if there are more hops, the first JVM has the next one too
   */
  public RawChains rawChains(List<Integer> lengths, int jvms) throws InterruptedException {
    List<RawLine> lines = new ArrayList<>();
    for (int hops : lengths) {
      lines.add(new RawLine(RawTopics.create(config, hops + 1)));
    }
    List<String> names = new ArrayList<>();
    for (int jvm = 0; jvm < jvms; jvm++) {
      List<String> arguments = new ArrayList<>();
      for (RawLine line : lines) {
        for (int hop = jvm; hop < line.hops(); hop += jvms) {
          arguments.addAll(line.hop(hop));
        }
      }
      String name = "raw-" + (jvm + 1);
      names.add(name);
      processes.start(name, "192m", RawHop.class.getName(), arguments, config.asMap());
    }
    for (String name : names) {
      processes.await(name, RawHop.READY);
    }
    return new RawChains(config, lines, names, () -> processes.stop(names));
  }

  /** Starts a plain producer that writes what it is told to, in a JVM of its own. */
  public RawTelling rawTelling() throws InterruptedException {
    String commands = RawTopics.create(config, 1).get(0);
    String name = "raw-teller";
    processes.start(name, "192m", RawTeller.class.getName(), List.of(commands), config.asMap());
    return new RawTelling(config, commands, () -> processes.stop(List.of(name)));
  }

  /** What every process has used so far. */
  public CpuTimes cpu() {
    return CpuTimes.now(processes);
  }

  /** Process id; -1 when it is not running just now. */
  public long pid(String process) {
    return processes.pid(process);
  }

  /** Ends a process as a machine that fails would; it is started again after a moment. */
  public void kill(String process) {
    processes.kill(process);
  }

  /**
   * @throws IllegalStateException if a process died that nobody killed
   */
  public void check() {
    processes.check();
  }

  /** Holds what a process has printed. */
  public Path log(String process) {
    return processes.log(process);
  }

  /** Clients first, then the broker: in the other order they would wait for it. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      processes.letEnd();
      client.close();
      List<String> clients = new ArrayList<>(processes.names());
      clients.remove(BROKER);
      processes.stop(clients);
      processes.close();
    }
  }
}
