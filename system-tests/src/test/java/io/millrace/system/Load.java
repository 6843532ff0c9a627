package io.millrace.system;

import io.millrace.BrokerUnavailableException;
import io.millrace.RequestTimeoutException;
import io.millrace.RunHandle;
import io.millrace.SendOptions;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.event.UnreadableEventException;
import io.millrace.system.tally.Count;
import io.millrace.system.tally.Sealed;
import io.millrace.system.tally.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Starts one run of {@code tally} after the other, several at a time, seals each, and holds its
 * result against what it should be. What a client is told to repeat it repeats.
 */
final class Load implements AutoCloseable {
  static final Workflow<Count, Tally> TALLY = Workflow.of("tally", Count.class, Tally.class);

  /** The same steps, which take their work from share groups. */
  static final Workflow<Count, Tally> SHARED =
      Workflow.of("tally-shared", Count.class, Tally.class);

  /** What {@link Auditor} looks at. */
  static final String[] OUTCOME_KEYS = {
    "unloaded", "weighed", "numbers", "scales", "kilos", "gathered", "sealed"
  };

  /** For one request or one result, whatever happens meanwhile. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final int SACKS = 6;

  /** One run of so many has a stream. */
  private static final int PER_STREAM = 3;

  private final WorkflowClient client;
  private final Workflow<Count, Tally> workflow;
  private final String name;
  private final List<Thread> runners = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private final Queue<Run> started;
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private volatile boolean ending;

  private Load(
      WorkflowClient client, Workflow<Count, Tally> workflow, String name, Queue<Run> started) {
    this.client = client;
    this.workflow = workflow;
    this.name = name;
    this.started = started;
  }

  /**
   * Goes on until it is ended.
   *
   * @param workflow of its runs
   * @param name what its run ids begin with
   * @param runners runs at a time
   * @param started every run is added to it before its start; thread-safe
   */
  static Load begin(
      Cluster cluster,
      Workflow<Count, Tally> workflow,
      String name,
      int runners,
      Queue<Run> started) {
    WorkflowClient client = WorkflowClient.create(MillraceConfig.of(cluster.client()));
    Load load = new Load(client, workflow, name, started);
    for (int i = 0; i < runners; i++) {
      Thread runner = new Thread(load::run, name + "-" + i);
      runner.setDaemon(true);
      load.runners.add(runner);
      runner.start();
    }
    return load;
  }

  private void run() {
    while (!ending) {
      int number = next.incrementAndGet();
      Count count = new Count(SACKS, number, number % PER_STREAM == 0);
      Run run = new Run(workflow, name + "-" + number, count);
      started.add(run);
      long begin = System.nanoTime();
      try {
        one(run);
      } catch (RuntimeException | AssertionError e) {
        problems.add(run.id() + ": " + e);
      }
      longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
      ended.incrementAndGet();
    }
  }

  private void one(Run run) {
    RunHandle<Tally> handle = insist(() -> run.start(client));
    Readings readings =
        run.count().aloud() ? new Readings(run.count().sacks()).follow(handle) : null;
    // A stream is there for a moment only after the run's end, so that waits until it was read.
    if (readings != null && !readings.awaitComplete(PATIENCE)) {
      problems.add(run.id() + ": its stream does not show all sacks while it runs");
    }
    SendOptions once = SendOptions.ofDefaults().withEventId("seal-of-" + run.id());
    insist(() -> handle.sendEvent(new Sealed(run.id()), once));
    Tally tally = insist(() -> handle.result(PATIENCE));
    if (!tally.equals(run.expected())) {
      problems.add(run.id() + " ended with " + tally + ", not with " + run.expected());
    }
    if (readings != null) {
      readings.problem(PATIENCE).ifPresent(problem -> problems.add(run.id() + ": " + problem));
    }
  }

  /** Asks again until there is an answer: all requests may be repeated. */
  static <T> T insist(Supplier<T> request) {
    Instant until = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return request.get();
      } catch (RequestTimeoutException | BrokerUnavailableException e) {
        giveUpAfter(until, e);
      } catch (UnreadableEventException e) {
        // The registry is away, and this client has not read an event of the type before.
        if (!e.isRetryable()) {
          throw e;
        }
        giveUpAfter(until, e);
      }
    }
  }

  private static void giveUpAfter(Instant until, RuntimeException last) {
    if (Instant.now().isAfter(until)) {
      throw last;
    }
  }

  /** As {@link #end}: what went wrong before it is thrown first. */
  @Override
  public void close() {
    try {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before all runs had ended", e);
    }
  }

  /** What the slowest run of those that have ended took. */
  Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** How many have ended so far. */
  int count() {
    return ended.get();
  }

  /**
   * Starts no more runs, and waits until those that were started have ended.
   *
   * @throws AssertionError if a result was wrong, or did not come
   */
  void end() throws InterruptedException {
    ending = true;
    for (Thread runner : runners) {
      runner.join();
    }
    client.close();
    if (!problems.isEmpty()) {
      throw new AssertionError(
          "%d of %d runs went wrong:%n%s"
              .formatted(problems.size(), ended.get(), String.join("\n", problems)));
    }
  }
}
