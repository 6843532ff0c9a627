package io.millrace.cli;

import io.millrace.cli.process.ProcessStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Opens a process stack for a command, announces it to the other commands, and ends it with the
 * command, however that ends.
 */
final class Stacks {
  private Stacks() {}

  /** Ends once, by {@link #close} or when the JVM ends. */
  static final class Open implements AutoCloseable {
    private final ProcessStack stack;
    private final Path work;
    private final StackFile file;
    private final boolean temporary;
    private volatile boolean logsWanted;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Open(ProcessStack stack, Path work, boolean temporary, StackFile file) {
      this.stack = stack;
      this.work = work;
      this.temporary = temporary;
      this.file = file;
      Runtime.getRuntime().addShutdownHook(new Thread(this::close, "millrace-stack-end"));
    }

    ProcessStack stack() {
      return stack;
    }

    /** Holds the logs. */
    Path work() {
      return work;
    }

    /** Something went wrong: the logs stay when everything else ends. */
    void keepLogs() {
      logsWanted = true;
    }

    @Override
    public void close() {
      if (ended.compareAndSet(false, true)) {
        file.remove();
        stack.close();
        if (temporary && !logsWanted) {
          delete(work);
        }
      }
    }
  }

  static Open open(Optional<Path> data, int brokerPort, int registryPort, Progress progress) {
    Path work = data.orElseGet(Stacks::temporary);
    ProcessStack.Layout layout =
        new ProcessStack.Layout(home(), work, data, brokerPort, registryPort);
    ProcessStack stack = ProcessStack.start(layout, progress::up, progress::line);
    StackFile file = StackFile.inWorkingFolder();
    file.write(stack.config());
    return new Open(stack, work, data.isEmpty(), file);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("millrace-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder; say --data FOLDER", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the temporary folder " + folder, e);
    }
  }

  /** The built project, which the launcher names. */
  private static Path home() {
    String home = System.getProperty("millrace.home");
    if (home == null) {
      throw new UsageException(
          "start this command with ./millrace, which knows where the built project is");
    }
    return Path.of(home);
  }
}
