package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore.Found;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator appends to its run log of its own accord: timers that are due, workers that
 * are silent (law 13), dispatches that nobody took (law 4). It changes nothing itself (law 2), and
 * says it again until it is heard.
 */
final class Alarms {
  private static final long REPEAT = 5_000;
  private static final long UNADOPTED = 8_000;

  private final World world;
  private final Task task;
  private final Site site;
  private boolean lostPlanned;
  private boolean unadoptedPlanned;

  Alarms(World world, Task task) {
    this.world = world;
    this.task = task;
    this.site = world.site("task " + task.partition());
  }

  void set(String runId, String timerId, Entry.Timer timer) {
    ring(runId, timerId, timer.generation(), Timeline.millis(timer.due()), task.incarnation());
  }

  private void ring(String runId, String timerId, long generation, long at, int incarnation) {
    world.timeline.at(
        Math.max(at, world.timeline.now() + 1),
        () -> {
          if (task.incarnation() != incarnation || task.down()) {
            return;
          }
          if (isSet(runId, timerId, generation)) {
            fire(runId, timerId, generation);
            if (site.strikes(Fault.REPEATED_TIMER)) {
              fire(runId, timerId, generation);
            }
            ring(runId, timerId, generation, world.timeline.now() + REPEAT, incarnation);
          } else if (site.strikes(Fault.STALE_TIMER)) {
            fire(runId, timerId, generation);
          }
        });
  }

  private boolean isSet(String runId, String timerId, long generation) {
    SimulatedRun run = task.runs().get(runId);
    Entry.Timer timer = run == null ? null : run.timer(timerId);
    return timer != null && timer.generation() == generation;
  }

  private void fire(String runId, String timerId, long generation) {
    task.tell(runId, new RunInput.TimerFired(timerId, generation));
  }

  /** After an input: whom to look after from now on. */
  void watch(String runId, RunInput input, SimulatedRun run) {
    if (!(run.state() instanceof RunState.Running)) {
      return;
    }
    if (input instanceof RunInput.StepStarted started) {
      if (site.strikes(Fault.WRONG_SUSPICION)) {
        reportLost(runId, run.execution(started.token().executionId()), "suspected");
      }
      if (world.workers.failing(started.worker()) && !lostPlanned) {
        lostPlanned = true;
        world.timeline.after(Worker.LEASE + 1, this::lookForLost);
      }
    }
    planUnadopted();
  }

  private void planUnadopted() {
    if (!unadoptedPlanned) {
      unadoptedPlanned = true;
      world.timeline.after(UNADOPTED, this::lookForUnadopted);
    }
  }

  /** Adopted executions whose worker has been silent for longer than its lease. */
  void lookForLost() {
    lostPlanned = false;
    boolean found = false;
    if (task.down()) {
      return;
    }
    for (var run : task.runs().entrySet()) {
      for (Found<OpenExecution> open : run.getValue().all(OpenExecution.class)) {
        OpenExecution execution = open.entry();
        if (execution.phase() == Phase.RUNNING && world.workers.silent(execution.worker())) {
          reportLost(run.getKey(), execution, "silent");
          found = true;
        }
      }
    }
    if (found) {
      lostPlanned = true;
      world.timeline.after(REPEAT, this::lookForLost);
    }
  }

  private void reportLost(String runId, @Nullable OpenExecution execution, String why) {
    if (execution != null) {
      task.tell(
          runId,
          new RunInput.WorkerLost(
              execution.token(), execution.sequence(), execution.worker(), why));
    }
  }

  /** Dispatches that their group has moved past, of which nothing has been heard for a while. */
  void lookForUnadopted() {
    unadoptedPlanned = false;
    boolean dispatched = false;
    if (task.down()) {
      return;
    }
    for (var run : task.runs().entrySet()) {
      for (Found<OpenExecution> open : run.getValue().all(OpenExecution.class)) {
        OpenExecution execution = open.entry();
        if (execution.phase() == Phase.DISPATCHED) {
          dispatched = true;
          if (world.topics.consumed(execution) && isSettled(execution)) {
            reportLost(run.getKey(), execution, "nobody adopted it");
          }
        }
      }
    }
    if (dispatched) {
      planUnadopted();
    }
  }

  private boolean isSettled(OpenExecution execution) {
    return Timeline.millis(execution.since()) + UNADOPTED / 2 <= world.timeline.now();
  }
}
