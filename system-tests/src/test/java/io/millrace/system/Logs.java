package io.millrace.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.containers.GenericContainer;

/**
 * Writes what all containers have said to {@code target/logs/<test>} when a test has failed, those
 * that were removed meanwhile among them. Every test has it.
 */
public final class Logs implements AfterEachCallback {
  private static final Path ALL = Path.of("target", "logs");

  /** Of containers that are no more. */
  private static final Path ENDED = ALL.resolve("ended");

  private static final int ID_LENGTH = 8;

  static {
    forget(); // What the tests before these have left.
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      String test = context.getRequiredTestClass().getSimpleName();
      save(test + "." + context.getRequiredTestMethod().getName());
    } else {
      forget();
    }
  }

  /** Writes the logs of all containers that are there, and of those that were. */
  static void save(String test) {
    Path folder = ALL.resolve(test);
    for (Map.Entry<String, GenericContainer<?>> open : Containers.open()) {
      write(folder, open.getKey(), open.getValue());
    }
    try {
      Files.createDirectories(folder);
      for (Path ended : ended()) {
        Files.move(ended, folder.resolve(ended.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println("the logs of all containers are in " + folder.toAbsolutePath());
  }

  /** Writes down what a container has said that is about to be removed. */
  static void keep(String name, GenericContainer<?> container) {
    write(ENDED, name, container);
  }

  private static void forget() {
    try {
      for (Path ended : ended()) {
        Files.delete(ended);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> ended() throws IOException {
    if (!Files.isDirectory(ENDED)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(ENDED)) {
      return files.toList();
    }
  }

  private static void write(Path folder, String name, GenericContainer<?> container) {
    String id = container.getContainerId();
    if (id == null) {
      return; // It was never made.
    }
    try {
      Files.createDirectories(folder);
      // Several stacks may have the same names.
      String file = name + "-" + id.substring(0, ID_LENGTH) + ".log";
      Files.writeString(folder.resolve(file), container.getLogs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
