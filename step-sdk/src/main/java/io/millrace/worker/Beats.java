package io.millrace.worker;

import io.millrace.protocol.ProcessKind;
import io.millrace.protocol.WorkerBeat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says three times per lease that this life is alive, on a thread of its own, and its goodbye. */
final class Beats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Beats.class);
  private static final int PER_LEASE = 3;

  private final RunLog log;
  private final Incarnation incarnation;
  private final String workflow;
  private final List<WorkerStep> steps;
  private final Duration lease;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(StepThreads.daemons("millrace-beat"));

  Beats(
      RunLog log,
      Incarnation incarnation,
      String workflow,
      List<WorkerStep> steps,
      Duration lease) {
    this.log = log;
    this.incarnation = incarnation;
    this.workflow = workflow;
    this.steps = steps;
    this.lease = lease;
  }

  /** The future is the first beat's: work is taken only once the world can know of this life. */
  CompletableFuture<Void> start() {
    long every = Math.max(1, lease.toMillis() / PER_LEASE);
    thread.scheduleAtFixedRate(this::beat, every, every, TimeUnit.MILLISECONDS);
    return log.beat(record(false));
  }

  private void beat() {
    log.beat(record(false))
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                LOG.warn(
                    "A beat was not written; after {} of silence other workers take over."
                        + " incarnation={} error={}",
                    lease,
                    incarnation,
                    error.toString());
              }
            });
  }

  /** No beat follows. */
  CompletableFuture<Void> goodbye() {
    close();
    return log.beat(record(true));
  }

  private WorkerBeat record(boolean goodbye) {
    return WorkerBeat.newBuilder()
        .setIncarnation(incarnation.id())
        .setKind(ProcessKind.WORKER)
        .setWorkflow(workflow)
        .setSteps(steps.stream().map(WorkerStep::name).toList())
        .setHost(incarnation.host())
        .setSlots(steps.stream().mapToInt(WorkerStep::concurrency).sum())
        .setVersion(steps.isEmpty() ? 0 : steps.get(0).registration().getVersion())
        .setLeaseMillis(lease.toMillis())
        .setGoodbye(goodbye)
        .build();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
