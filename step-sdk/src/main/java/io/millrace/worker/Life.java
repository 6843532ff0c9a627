package io.millrace.worker;

import io.millrace.observe.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One incarnation of a worker: its producers, loops, tries and beats. What one life cannot finish
 * in order, it leaves to the next one or to others, under another name.
 */
final class Life {
  private static final Logger LOG = LoggerFactory.getLogger(Life.class);
  private static final int CONTROL_THREADS = 4;
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Duration RECORD_PATIENCE = Duration.ofSeconds(5);

  private final Incarnation incarnation = new Incarnation();
  private final Tries tries = new Tries();
  private final List<StepLoop> loops = new ArrayList<>();
  private final ExecutorService stepThreads = StepThreads.create();
  private final ExecutorService loopThreads =
      Executors.newCachedThreadPool(StepThreads.daemons("millrace-loop"));
  private final List<Future<?>> running = new ArrayList<>();
  private final ScheduledThreadPoolExecutor control =
      new ScheduledThreadPoolExecutor(CONTROL_THREADS, StepThreads.daemons("millrace-control"));
  private final Producer<byte[], byte[]> logProducer;
  private final Producer<byte[], byte[]> streamProducer;
  private final Beats beats;

  Life(
      WorkerConfig config,
      KafkaClients clients,
      String workflow,
      List<WorkerStep> steps,
      StepCatalog catalog,
      StreamTopics streamTopics,
      Fatality fatality,
      Observer observer) {
    control.setRemoveOnCancelPolicy(true);
    logProducer = clients.runLogProducer(incarnation);
    streamProducer = clients.streamProducer(incarnation);
    RunLog log = new RunLog(logProducer, config.namespace());
    beats = new Beats(log, incarnation, workflow, steps, config.lease());
    try {
      open(config, clients, workflow, steps, log, catalog, streamTopics, fatality, observer);
    } catch (RuntimeException | Error e) {
      closeUnstarted();
      throw e;
    }
  }

  private void open(
      WorkerConfig config,
      KafkaClients clients,
      String workflow,
      List<WorkerStep> steps,
      RunLog log,
      StepCatalog catalog,
      StreamTopics streamTopics,
      Fatality fatality,
      Observer observer) {
    for (WorkerStep step : steps) {
      Slots slots = new Slots(step.concurrency());
      TryEnvironment env =
          new TryEnvironment(
              step.runner(),
              incarnation,
              log,
              streamProducer,
              streamTopics,
              catalog,
              slots,
              tries,
              stepThreads,
              control,
              TaskSources.adoptionGrace(config, step),
              RECORD_PATIENCE,
              config.chunkBytes(),
              fatality,
              observer.step(workflow, step.name(), slots));
      StepTopics topics = new StepTopics(config.namespace(), step.registration(), catalog);
      TaskSource source = TaskSources.open(config, clients, step, incarnation, topics.now());
      loops.add(new StepLoop(source, topics, env));
    }
  }

  Incarnation incarnation() {
    return incarnation;
  }

  Tries tries() {
    return tries;
  }

  void start() throws InterruptedException {
    try {
      await(beats.start(), "The first beat was not written yet; it is repeated.");
    } catch (InterruptedException e) {
      closeUnstarted();
      throw e;
    }
    loops.forEach(loop -> running.add(loopThreads.submit(loop)));
  }

  /** A member of a share group that nobody closes keeps its partitions for as long as we live. */
  private void closeUnstarted() {
    loops.forEach(StepLoop::closeUnrun);
    closeClients();
  }

  /** In order: no new work, time for what runs, then leave the rest to others and say goodbye. */
  void close(Duration drain) throws InterruptedException {
    loops.forEach(StepLoop::drain);
    if (!tries.awaitNone(drain.toMillis())) {
      LOG.warn(
          "Attempts are still running at the end of the drain time; they are interrupted and run"
              + " again elsewhere. incarnation={} attempts={}",
          incarnation,
          tries.now().size());
    }
    end();
  }

  /** At once: whatever runs is interrupted, and nothing more is said about it. */
  void end() throws InterruptedException {
    tries.now().forEach(TryRun::abandon);
    loops.forEach(StepLoop::stop);
    for (Future<?> loop : running) {
      await(loop, "A loop did not end in time; its session times out.");
    }
    await(beats.goodbye(), "Goodbye was not said; the lease runs out instead.");
    closeClients();
  }

  private void closeClients() {
    control.shutdownNow();
    stepThreads.shutdown();
    loopThreads.shutdown();
    streamProducer.close(LAST_WORDS);
    logProducer.close(LAST_WORDS);
  }

  private void await(Future<?> future, String otherwise) throws InterruptedException {
    try {
      future.get(LAST_WORDS.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} incarnation={} error={}", otherwise, incarnation, e.toString());
    }
  }
}
