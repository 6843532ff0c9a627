package io.millrace.bench.stack;

import io.millrace.config.MillraceConfig;
import io.millrace.local.process.ChildProcess;
import io.millrace.local.process.Supervisor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The child JVMs of a stack, by name. Thread-safe. */
final class Processes implements AutoCloseable {
  /** As a small container would have it. */
  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xshare:auto");

  private final StackOptions options;
  private final Supervisor supervisor;
  private final Path logging;
  private final List<String> shared;
  private final Map<String, LogLine> logs = new ConcurrentHashMap<>();
  private final Queue<String> deaths = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kills = new AtomicInteger();

  private Processes(
      StackOptions options, Path logging, List<String> shared, Consumer<String> told) {
    this.options = options;
    this.logging = logging;
    this.shared = shared;
    this.supervisor =
        new Supervisor(
            death -> {
              deaths.add(death);
              told.accept(death);
            });
  }

  /** Ready to start some; none is started yet. */
  static Processes prepare(StackOptions options, Consumer<String> told)
      throws InterruptedException {
    Path logging = ChildLogging.in(options.folder());
    List<String> shared = new ArrayList<>();
    if (options.archive().isPresent()) {
      shared.addAll(SharedClasses.prepare(options.archive().get(), options, logging, told));
    }
    return new Processes(options, logging, shared, told);
  }

  void start(
      String name,
      String heap,
      String mainClass,
      List<String> arguments,
      Map<String, String> settings) {
    List<String> jvm = new ArrayList<>(JVM);
    jvm.addAll(shared);
    jvm.add("-Xmx" + heap);
    options.jvm().forEach(option -> jvm.add(option.replace("{name}", name)));
    logs.put(name, LogLine.after(log(name)));
    Map<String, String> environment = MillraceConfig.variables(settings);
    supervisor.start(
        new ChildProcess(
            name, mainClass, arguments, options.classPath(), jvm, environment, log(name), logging));
  }

  /**
   * What follows the prefix in the first line of the process that begins so.
   *
   * @throws IllegalStateException if it dies or takes too long
   */
  String await(String name, String prefix) throws InterruptedException {
    LogLine line = Objects.requireNonNull(logs.get(name), name);
    return line.await(prefix, () -> pid(name));
  }

  /** -1 when it is not running just now. */
  long pid(String name) {
    return supervisor.pid(name);
  }

  /** Ends it as a machine that fails would; it is started again. */
  void kill(String name) {
    ProcessHandle process = ProcessHandle.of(pid(name)).orElseThrow();
    kills.incrementAndGet();
    process.destroyForcibly();
    process.onExit().join();
  }

  /**
   * @throws IllegalStateException if more died than were killed: what was measured means nothing
   */
  void check() {
    if (deaths.size() > kills.get()) {
      throw new IllegalStateException("processes died: " + String.join("; ", deaths));
    }
  }

  Path log(String name) {
    return options.folder().resolve("logs").resolve(name + ".log");
  }

  Set<String> names() {
    return Set.copyOf(logs.keySet());
  }

  /** Ends these, politely, at once; returns when they have ended. */
  void stop(Collection<String> some) {
    supervisor.stop(some);
    logs.keySet().removeAll(some);
  }

  /** Before {@link #stop} of some and {@link #close} of the rest. */
  void letEnd() {
    supervisor.letEnd();
  }

  @Override
  public void close() {
    supervisor.close();
  }
}
