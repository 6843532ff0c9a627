package io.millrace.cli;

import io.millrace.cli.process.HttpAccess;
import io.millrace.cli.process.ProcessStack;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Opens a process stack for a command, announces it to the other commands, and ends it with the
 * command, however that ends.
 */
final class Stacks {
  private Stacks() {}

  /** Ends once, by {@link #close} or when the JVM ends. */
  static final class Open implements AutoCloseable {
    private final ProcessStack stack;
    private final WorkFolder work;
    private final StackFile file;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Open(ProcessStack stack, WorkFolder work, StackFile file) {
      this.stack = stack;
      this.work = work;
      this.file = file;
      Runtime.getRuntime().addShutdownHook(new Thread(this::close, "millrace-stack-end"));
    }

    ProcessStack stack() {
      return stack;
    }

    /** Holds the logs. */
    Path work() {
      return work.path();
    }

    /** Something went wrong: the logs stay when everything else ends. */
    void keepLogs() {
      work.keep();
    }

    @Override
    public void close() {
      if (ended.compareAndSet(false, true)) {
        file.remove();
        stack.close();
        work.close();
      }
    }
  }

  /** Without HTTP. */
  static Open open(Optional<Path> data, int brokerPort, int registryPort, Progress progress) {
    return open(data, brokerPort, registryPort, Optional.empty(), progress);
  }

  static Open open(
      Optional<Path> data,
      int brokerPort,
      int registryPort,
      Optional<HttpAccess> http,
      Progress progress) {
    WorkFolder work = data.map(WorkFolder::kept).orElseGet(() -> WorkFolder.temporary("--data"));
    ProcessStack.Layout layout =
        new ProcessStack.Layout(home(), work.path(), data, brokerPort, registryPort, http);
    try {
      return announced(ProcessStack.start(layout, progress::up, progress::line), work);
    } catch (RuntimeException e) {
      endAfter(e, work);
      throw e;
    }
  }

  private static Open announced(ProcessStack stack, WorkFolder work) {
    StackFile file = StackFile.inWorkingFolder();
    try {
      file.write(stack.config());
      return new Open(stack, work, file);
    } catch (RuntimeException e) {
      endAfter(e, stack);
      throw e;
    }
  }

  /** The first failure is the one to tell. */
  private static void endAfter(RuntimeException failure, AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
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
