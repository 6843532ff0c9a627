package io.millrace.bench.run;

import io.millrace.RequestTimeoutException;
import io.millrace.RunHandle;
import io.millrace.SendOptions;
import io.millrace.StartOptions;
import io.millrace.WorkflowClient;
import io.millrace.bench.load.InFlight;
import io.millrace.bench.stack.Until;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.Waiting;
import io.millrace.bench.step.Waiting.Answer;
import io.millrace.bench.step.Waiting.Begin;
import io.millrace.bench.step.Waiting.Done;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** Runs that wait for an answer, a few of which will get one. For one thread. */
final class ParkedRuns {
  private static final int IN_FLIGHT = 500;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Until PARKED = new Until(LIMIT, Duration.ofMillis(20));

  private final WorkflowClient client;

  /** The known ones by number; handles of all would be the client's burden, not Millrace's. */
  private final Map<Integer, RunHandle<Done>> known = new TreeMap<>();

  private final Queue<Integer> unanswered = new ArrayDeque<>();
  private int started;

  ParkedRuns(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Starts so many, and returns when they wait.
   *
   * @param remembered how many of them can be answered, evenly spread
   */
  void start(int count, int remembered) throws InterruptedException {
    int every = Math.max(1, count / remembered);
    Map<Integer, RunHandle<Done>> some = new ConcurrentSkipListMap<>();
    InFlight open = new InFlight(IN_FLIGHT);
    for (int i = 0; i < count; i++) {
      int number = started++;
      open.begin(
          () ->
              client
                  .startAsync(
                      Waiting.WORKFLOW, new Begin(number, Chain.CARGO), StartOptions.ofDefaults())
                  .thenAccept(
                      run -> {
                        if (number % every == 0) {
                          some.put(number, run);
                        }
                      }));
    }
    open.await();
    for (RunHandle<Done> run : some.values()) {
      awaitParked(run);
    }
    known.putAll(some);
    unanswered.addAll(some.keySet());
  }

  private static void awaitParked(RunHandle<Done> run) throws InterruptedException {
    PARKED.await(
        run::inspect,
        now -> now.status() == RunStatus.WAITING && now.waiters().size() == 1,
        now -> "a run does not wait after " + LIMIT + ": " + now);
  }

  /** Answers one, and returns the nanoseconds until its result is known, whoever is down. */
  long answerOne() {
    int number = unanswered.remove();
    RunHandle<Done> run = Objects.requireNonNull(known.get(number), "an answerable run is known");
    SendOptions once = SendOptions.ofDefaults().withEventId(UUID.randomUUID().toString());
    long began = System.nanoTime();
    send(run, new Answer(number), once, began);
    Done done = run.result(LIMIT);
    long took = System.nanoTime() - began;
    if (done.number() != number) {
      throw new IllegalStateException("run number " + number + " ended with " + done);
    }
    return took;
  }

  private static void send(RunHandle<Done> to, Answer answer, SendOptions once, long began) {
    while (true) {
      try {
        to.sendEvent(answer, once);
        return;
      } catch (RequestTimeoutException e) {
        // Nobody takes requests yet. The same again is safe, by its id.
        if (System.nanoTime() - began > LIMIT.toNanos()) {
          throw e;
        }
      }
    }
  }
}
