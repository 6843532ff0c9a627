package io.millrace.bench.stack;

import io.millrace.local.process.ChildProcess;
import io.millrace.local.process.Supervisor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

/** The child JVMs of a stack, by name; each has this JVM's class path. Thread-safe. */
final class Processes implements AutoCloseable {
  /** As a small container would have it; the second compiler is on, unlike in the demo. */
  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xshare:auto");

  private static final String LOGGING = "/io/millrace/bench/log4j2-child.xml";

  private final StackOptions options;
  private final Supervisor supervisor;
  private final Path logging;
  private final Map<String, LogLine> logs = new ConcurrentHashMap<>();
  private final Queue<String> deaths = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kills = new AtomicInteger();

  Processes(StackOptions options, Consumer<String> told) {
    this.options = options;
    this.supervisor =
        new Supervisor(
            death -> {
              deaths.add(death);
              told.accept(death);
            });
    this.logging = options.folder().resolve("log4j2.xml");
    try (InputStream resource =
        Objects.requireNonNull(Processes.class.getResourceAsStream(LOGGING), LOGGING)) {
      Files.createDirectories(options.folder());
      Files.write(logging, resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + options.folder(), e);
    }
  }

  void start(
      String name,
      String heap,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment) {
    List<String> jvm = new ArrayList<>(JVM);
    jvm.add("-Xmx" + heap);
    options.jvm().forEach(option -> jvm.add(option.replace("{name}", name)));
    logs.put(name, LogLine.after(log(name)));
    supervisor.start(
        new ChildProcess(
            name,
            mainClass,
            arguments,
            System.getProperty("java.class.path"),
            jvm,
            environment,
            log(name),
            logging));
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
