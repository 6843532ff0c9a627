package io.millrace.local.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps child processes running: one that dies is started again after a pause that doubles up to
 * ten seconds. {@link #close} ends them in reverse order, politely first. Thread-safe.
 */
public final class Supervisor implements AutoCloseable {
  private static final Duration POLITE = Duration.ofSeconds(10);

  /** A child that lived this long is started again at once when it dies. */
  private static final Duration LONG_LIFE = Duration.ofMinutes(1);

  private final Consumer<String> told;
  private final List<Watched> children = new ArrayList<>();
  private boolean closing;

  /**
   * @param told takes a line for a person whenever a child dies and is started again; called from
   *     watching threads
   */
  public Supervisor(Consumer<String> told) {
    this.told = told;
  }

  /** Starts the child and watches it until {@link #close}. */
  public synchronized void start(ChildProcess child) {
    if (closing) {
      throw new IllegalStateException(
          "the supervisor is closing; " + child.name() + " is not started");
    }
    Watched watched = new Watched(child);
    children.add(watched);
    watched.begin();
  }

  /** Process id of a child by name; -1 when it is not running just now. */
  public synchronized long pid(String name) {
    return children.stream()
        .filter(c -> c.child.name().equals(name))
        .mapToLong(Watched::pid)
        .findFirst()
        .orElse(-1);
  }

  /** From now on a child that dies is not started again, and no other can be started. */
  public synchronized void letEnd() {
    closing = true;
    children.forEach(c -> c.wanted = false);
  }

  /** Ends the children of these names, politely first, and forgets them. */
  public void stop(Collection<String> names) {
    List<Watched> ending = new ArrayList<>();
    synchronized (this) {
      children.stream().filter(c -> names.contains(c.child.name())).forEach(ending::add);
      children.removeAll(ending);
      ending.forEach(c -> c.wanted = false);
    }
    end(ending);
  }

  @Override
  public void close() {
    List<Watched> ending;
    synchronized (this) {
      letEnd();
      ending = new ArrayList<>(children);
    }
    end(ending);
  }

  private static void end(List<Watched> ending) {
    for (int i = ending.size() - 1; i >= 0; i--) {
      ending.get(i).ask();
    }
    ending.forEach(Watched::end);
  }

  private final class Watched {
    private final ChildProcess child;
    private volatile Process process;
    private long startedAt = System.nanoTime();
    private int deaths;
    private volatile boolean wanted = true;

    Watched(ChildProcess child) {
      this.child = child;
      this.process = child.start();
    }

    void begin() {
      process.onExit().thenAccept(this::died);
    }

    long pid() {
      Process now = process;
      return now.isAlive() ? now.pid() : -1;
    }

    private void died(Process dead) {
      if (!wanted) {
        return;
      }
      boolean lived = System.nanoTime() - startedAt > LONG_LIFE.toNanos();
      deaths = lived ? 1 : deaths + 1;
      Duration pause = Duration.ofMillis(Math.min(10_000, 250L << Math.min(deaths - 1, 6)));
      told.accept(
          child.name()
              + " ended with code "
              + dead.exitValue()
              + "; it is started again. Its log: "
              + child.log());
      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::again);
    }

    private void again() {
      synchronized (Supervisor.this) {
        if (!wanted) {
          return;
        }
        startedAt = System.nanoTime();
        process = child.start();
      }
      begin();
    }

    void ask() {
      process.destroy();
    }

    void end() {
      try {
        if (!process.waitFor(POLITE.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
