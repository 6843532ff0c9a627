package io.millrace.worker;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a step's task source: takes records while slots are free, starts a try
 * for each target that is this step's.
 */
final class StepLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(StepLoop.class);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration BUSY = Duration.ofMillis(20);
  private static final Duration AWAITED = Duration.ofMillis(5);
  private static final byte[] NO_VALUE = {};

  private final TaskSource source;
  private final StepTopics topics;
  private final TryEnvironment env;
  private final DispatchReader reader = new DispatchReader();
  private final String step;
  private volatile boolean draining;
  private boolean drained;
  private final CountDownLatch stop = new CountDownLatch(1);

  StepLoop(TaskSource source, StepTopics topics, TryEnvironment env) {
    this.source = source;
    this.topics = topics;
    this.env = env;
    this.step = env.runner().definition().name();
  }

  /** Instead of {@link #run}: nothing was taken, and the group need not wait for a session. */
  void closeUnrun() {
    source.close();
  }

  /** Takes no more work, but settles what ends. */
  void drain() {
    draining = true;
    source.wakeup();
  }

  /** Settles what has ended, and leaves. */
  void stop() {
    draining = true;
    stop.countDown();
    source.wakeup();
  }

  @Override
  public void run() {
    try (source) {
      while (stop.getCount() > 0) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      env.fatality().end("the loop of step " + step + " was interrupted", e);
    } catch (RuntimeException | Error e) {
      env.fatality().end("the loop of step " + step + " failed", e);
    }
  }

  private void turn() throws InterruptedException {
    if (topics.changed()) {
      LOG.info("Steps that make other events were registered. step={} topics={}", step, topics);
      source.follow(topics.now());
    }
    if (draining && !drained) {
      drained = true;
      source.drain();
    }
    int free = draining ? 0 : env.slots().free();
    for (Task task : source.poll(free, source.hasUnsettled() ? pause() : IDLE)) {
      deliver(task);
    }
    if (source.isHeldUp()) {
      env.tries().adoptEarly(env);
    }
    if (draining) {
      stop.await(pause().toMillis(), TimeUnit.MILLISECONDS);
    } else {
      env.slots().awaitFree(source.least(), pause());
    }
  }

  private Duration pause() {
    return source.isAwaited() ? AWAITED : BUSY;
  }

  private void deliver(Task task) {
    Dispatch dispatch;
    try {
      dispatch = reader.read(task.record());
    } catch (UndecodableRecordException e) {
      setAside(task, e);
      return;
    }
    List<DispatchTarget> mine =
        dispatch.getTargets().stream().filter(target -> target.getStep().equals(step)).toList();
    if (mine.isEmpty()) {
      source.acknowledge(task);
      return;
    }
    byte[] value = task.record().value() == null ? NO_VALUE : task.record().value();
    Origin origin = Origin.of(task.record());
    AtomicInteger left = new AtomicInteger(mine.size());
    for (DispatchTarget target : mine) {
      TryRun run =
          new TryRun(
              env,
              dispatch,
              target,
              value,
              origin,
              () -> {
                if (left.decrementAndGet() == 0) {
                  source.acknowledge(task);
                }
              },
              () -> source.release(task));
      if (task.maybeRedelivered()) {
        run.startAdopted(source.recorded(task));
      } else {
        run.start();
      }
    }
  }

  private void setAside(Task task, UndecodableRecordException reason) {
    LOG.warn(
        "A record cannot be read as a dispatch; it goes to dead letters and is skipped. step={}"
            + " record={} reason={}",
        step,
        task.origin(),
        reason.getMessage());
    env.log()
        .deadLetter(task.record(), reason)
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                LOG.error(
                    "A record could not be set aside either; it is skipped and stays only on its"
                        + " topic. step={} record={} error={}",
                    step,
                    task.origin(),
                    error.toString());
              }
              source.acknowledge(task);
            });
  }
}
