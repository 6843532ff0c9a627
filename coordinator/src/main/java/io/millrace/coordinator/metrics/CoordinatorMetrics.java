package io.millrace.coordinator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The meters of a coordinator. They are made once and then only found, so that counting an input
 * costs some additions; no meter has a tag by run. An input that is read again after a crash is
 * counted again. Thread-safe.
 */
public final class CoordinatorMetrics {
  private final Meters meters;
  private final TaskLoads loads = new TaskLoads();
  private final InputMeters inputs;
  private final Counter[] disregarded;
  private final Counter unhandled;
  private final Counter lostLeases;
  private final Counter lostDispatches;
  private final Counter failedDispatches;
  private final Timer inputDelay;
  private final Timer commit;
  private final Timer commitDelay;
  private final AtomicInteger streamTopics = new AtomicInteger();
  private final Map<String, Map<String, StepMeters>> steps = new ConcurrentHashMap<>();
  private final Map<String, WorkflowMeters> workflows = new ConcurrentHashMap<>();

  public CoordinatorMetrics(MeterRegistry registry) {
    meters = new Meters(registry);
    inputs = new InputMeters(meters);
    disregarded =
        Arrays.stream(RunEffect.Reason.values())
            .map(
                reason ->
                    meters.counter(
                        "millrace.inputs.disregarded",
                        "Inputs that changed nothing, by reason",
                        "reason",
                        reason.name().toLowerCase(Locale.ROOT)))
            .toArray(Counter[]::new);
    unhandled =
        meters.counter(
            "millrace.inputs.unhandled",
            "Records of the run log that could not be handled and became dead letters");
    lostLeases = lost("lease");
    lostDispatches = lost("unadopted");
    failedDispatches =
        meters.counter("millrace.dispatches.failed", "Dispatches that the brokers did not take");
    inputDelay = meters.timer("millrace.input.delay", "From an input's append to its application");
    commit = meters.timer("millrace.commit", "How long commits took");
    commitDelay =
        meters.timer("millrace.commit.delay", "How long the oldest fact of a commit waited for it");
    meters.gauge("millrace.partitions", "", "Run log partitions held", loads, TaskLoads::size);
    meters.gauge("millrace.stream.topics", "", "Streams of runs", streamTopics, AtomicInteger::get);
  }

  private Counter lost(String cause) {
    return meters.counter(
        "millrace.executions.lost", "Executions whose worker or record was lost", "cause", cause);
  }

  /** Meters that nobody reads. */
  public static CoordinatorMetrics unread() {
    return new CoordinatorMetrics(new CompositeMeterRegistry());
  }

  /**
   * An input was applied.
   *
   * @param delayMillis since it was appended
   */
  public void applied(RunInput input, List<RunEffect> effects, long delayMillis) {
    input.accept(inputs).increment();
    inputDelay.record(Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
    boolean recovering = input instanceof RunInput.WorkerLost;
    boolean taken = true;
    for (RunEffect effect : effects) {
      if (effect instanceof RunEffect.Dispatch dispatch) {
        for (RunEffect.Target target : dispatch.targets()) {
          step(dispatch.workflow(), target.step()).dispatched(target.token(), recovering);
        }
      } else if (effect instanceof RunEffect.Disregard disregard) {
        disregarded[disregard.reason().ordinal()].increment();
        taken = false;
      } else if (effect instanceof RunEffect.DeadLetter letter) {
        step(letter.workflow(), letter.step()).deadLetter();
      }
    }
    if (taken && input instanceof RunInput.WorkerLost lost) {
      (lost.worker() == null ? lostDispatches : lostLeases).increment();
    } else if (taken && input instanceof RunInput.DispatchFailed) {
      failedDispatches.increment();
    }
  }

  /** A record of the run log became a dead letter. */
  public void unhandled() {
    unhandled.increment();
  }

  /**
   * A commit has ended.
   *
   * @param waitedNanos how long the oldest fact in it waited; 0: it has none
   */
  public void committed(long tookNanos, long waitedNanos) {
    commit.record(tookNanos, TimeUnit.NANOSECONDS);
    if (waitedNanos > 0) {
      commitDelay.record(waitedNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** How many there are now. */
  public void streamTopics(int count) {
    streamTopics.set(count);
  }

  /** A task begins here. */
  public TaskMetrics task() {
    return new TaskMetrics(this, loads);
  }

  /** A step that is registered is told of before anything was dispatched to it. */
  public void step(StepName name) {
    step(name.workflow(), name.step());
  }

  StepMeters step(String workflow, String step) {
    Map<String, StepMeters> ofWorkflow = steps.get(workflow);
    StepMeters known = ofWorkflow == null ? null : ofWorkflow.get(step);
    return known == null ? newStep(workflow, step) : known;
  }

  private StepMeters newStep(String workflow, String step) {
    workflow(workflow);
    return steps
        .computeIfAbsent(workflow, w -> new ConcurrentHashMap<>())
        .computeIfAbsent(step, s -> new StepMeters(meters, new StepName(workflow, step), loads));
  }

  WorkflowMeters workflow(String workflow) {
    WorkflowMeters known = workflows.get(workflow);
    return known == null
        ? workflows.computeIfAbsent(workflow, w -> new WorkflowMeters(meters, w, loads))
        : known;
  }
}
