package io.millrace.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs in Node.js on this machine, with the packages of the example {@code node-step}. */
final class Node {
  static final Path STEP = Path.of("..", "examples", "node-step").toAbsolutePath().normalize();
  private static final Path MODULES = STEP.resolve("node_modules");

  private Node() {}

  /**
   * Skips the test where there is no Node.js, and says so; with {@code MILLRACE_NODE_REQUIRED} in
   * the environment, as in CI, that is an error.
   */
  static void require() throws IOException, InterruptedException {
    boolean there = false;
    try {
      there = new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      System.out.println("no Node.js here: " + e.getMessage());
    }
    String lack = "Node.js is not installed, so no step in it can be tried";
    if (!there && System.getenv("MILLRACE_NODE_REQUIRED") != null) {
      throw new IllegalStateException(lack);
    }
    assumeTrue(there, lack);
    if (!Files.isDirectory(MODULES)) {
      run(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
    }
  }

  /** Runs to its end; returns what it printed. */
  static String run(Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("node", ".log");
    ProcessBuilder builder = builder(variables, command).redirectError(errors.toFile());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output + Files.readString(errors));
    }
    return output;
  }

  /** Starts it; what it says goes to a file. */
  static Process start(Map<String, String> variables, Path log, String... command)
      throws IOException {
    return builder(variables, command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static ProcessBuilder builder(Map<String, String> variables, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words).directory(STEP.toFile());
    builder.environment().put("NODE_PATH", MODULES.toString());
    builder.environment().putAll(variables);
    return builder;
  }

  /** Asks it to end, and waits until it has. */
  static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
