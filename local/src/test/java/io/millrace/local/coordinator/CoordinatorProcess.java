package io.millrace.local.coordinator;

import io.millrace.coordinator.app.CoordinatorMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A coordinator in a JVM of its own, killed at close if it still runs. */
final class CoordinatorProcess implements AutoCloseable {
  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final StringBuffer said = new StringBuffer();

  private CoordinatorProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "coordinator-process-output");
    reader.setDaemon(true);
    reader.start();
  }

  static CoordinatorProcess start(Map<String, String> config, Path stateDir) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            CoordinatorMain.class.getName());
    builder.environment().put("MILLRACE_BOOTSTRAP_SERVERS", config.get("bootstrap.servers"));
    builder.environment().put("MILLRACE_NAMESPACE", config.get("millrace.namespace"));
    builder.environment().put("MILLRACE_STATE_DIR", stateDir.toString());
    builder.environment().put("MILLRACE_RUN_PARTITIONS", "2");
    return new CoordinatorProcess(builder.redirectErrorStream(true).start());
  }

  void awaitReady() {
    try {
      ready.get(90, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the coordinator did not get ready; it said:\n" + said, e);
    }
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the coordinator did not end; it said:\n" + said);
    }
    return process.exitValue();
  }

  String said() {
    return said.toString();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("millrace coordinator ready")) {
          ready.complete(line);
        }
      }
      ready.completeExceptionally(new IOException("its output has ended"));
    } catch (IOException e) {
      ready.completeExceptionally(new UncheckedIOException(e));
    }
  }
}
