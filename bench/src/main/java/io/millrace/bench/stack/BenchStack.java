package io.millrace.bench.stack;

import io.millrace.WorkflowClient;
import io.millrace.bench.raw.RawChain;
import io.millrace.bench.raw.RawHop;
import io.millrace.bench.raw.RawTopics;
import io.millrace.bench.step.StepMain;
import io.millrace.config.MillraceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A Millrace of separate JVMs: broker with registry, coordinator, one for each step; the client is
 * in this one. Thread-safe.
 */
public final class BenchStack implements AutoCloseable {
  public static final String BROKER = "broker";
  public static final String COORDINATOR = "coordinator";
  private static final String COORDINATOR_MAIN = "io.millrace.coordinator.app.CoordinatorMain";
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
    Processes processes = new Processes(options, told);
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
      processes.start(COORDINATOR, "512m", COORDINATOR_MAIN, List.of(), Variables.of(own));
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
    List<String> names = new ArrayList<>();
    for (Class<?> step : steps) {
      String name = workflow + "-" + step.getSimpleName();
      processes.start(
          name,
          "192m",
          StepMain.class.getName(),
          List.of(workflow, step.getName()),
          Variables.of(config));
      names.add(name);
    }
    Workers workers = new Workers(processes, names);
    workers.awaitRegistered(client, workflow, List.of(steps));
    return workers;
  }

  /** Starts a chain of plain Kafka loops, each hop in a JVM of its own; returns when all poll. */
  public RawChain rawChain(int hops) throws InterruptedException {
    List<String> topics = RawTopics.create(config, hops + 1);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < hops; i++) {
      String name = "raw%d-%d".formatted(hops, i + 1);
      names.add(name);
      processes.start(
          name,
          "192m",
          RawHop.class.getName(),
          List.of(topics.get(i), topics.get(i + 1)),
          Variables.of(config));
    }
    for (String name : names) {
      processes.await(name, RawHop.READY);
    }
    return new RawChain(config, topics, names, () -> processes.stop(names));
  }

  /** What every process has used so far. */
  public CpuTimes cpu() {
    return CpuTimes.now(processes);
  }

  /** Process id; -1 when it is not running just now. */
  public long pid(String process) {
    return processes.pid(process);
  }

  public Path log(String process) {
    return processes.log(process);
  }

  /** Clients first, then the broker: in the other order they would wait for it. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      client.close();
      List<String> clients = new ArrayList<>(processes.names());
      clients.remove(BROKER);
      processes.stop(clients);
      processes.close();
    }
  }
}
