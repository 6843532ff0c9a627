package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The coordinator of one partition. Several inputs make a transaction: what they wrote, what they
 * put out and the offset become lasting together, or fall back together. Dispatches do not wait for
 * that, and what a dead coordinator had dispatched stays dispatched.
 */
final class Task {
  private record Output(String runId, RunEffect effect) {}

  private final World world;
  private final Site site;
  private final int partition;
  private final RunLog log;
  private final Alarms alarms;
  private final Replays replays = new Replays();
  private final Map<String, SimulatedRun> runs = new TreeMap<>();
  private final List<Output> outputs = new ArrayList<>();
  private long committed;
  private long position;
  private boolean awake;
  private boolean down;
  private boolean commitPlanned;
  private int incarnation;

  Task(World world, int partition) {
    this.world = world;
    this.partition = partition;
    this.site = world.site("task " + partition);
    this.log = new RunLog(world.timeline, world.site("log " + partition));
    this.alarms = new Alarms(world, this);
  }

  int partition() {
    return partition;
  }

  RunLog log() {
    return log;
  }

  boolean down() {
    return down;
  }

  int incarnation() {
    return incarnation;
  }

  Map<String, SimulatedRun> runs() {
    return runs;
  }

  /** Something may be in the log. */
  void wake() {
    if (!awake && !down) {
      awake = true;
      world.timeline.after(1, this::poll);
    }
  }

  /** What a coordinator has to say to a run goes through the log (law 2). */
  void tell(String runId, RunInput input) {
    if (!site.strikes(Fault.LOST_APPEND)) {
      world.network.send("task-" + partition, runId, input);
    }
  }

  private void poll() {
    awake = false;
    if (down) {
      return;
    }
    int batch = 1 + site.draw("batch", 4);
    for (int i = 0; i < batch && position < log.end(); i++) {
      apply(world.deployments.graph(), 0);
    }
    if (site.strikes(Fault.COORDINATOR_CRASH)) {
      crash();
      return;
    }
    if (!site.strikes(Fault.LATE_COMMIT)) {
      commit();
    } else if (!commitPlanned) {
      commitPlanned = true;
      int mine = incarnation;
      world.timeline.after(1 + site.draw("commit", 500), () -> commitIf(mine));
    }
    if (position < log.end()) {
      wake();
    }
  }

  private void commitIf(int whose) {
    if (whose == incarnation && !down) {
      commitPlanned = false;
      commit();
    }
  }

  private void apply(WorkflowGraph graph, long lateness) {
    long offset = position++;
    RunLog.Logged record = log.get(offset);
    SimulatedRun run = runs.computeIfAbsent(record.runId(), id -> new SimulatedRun(world, id));
    Arrival arrival = new Arrival(offset, record.at());
    List<RunEffect> effects = run.apply(graph, record.input(), arrival);
    if (lateness == 0) {
      replays.check(offset, world.deployments.version(), effects);
    }
    for (RunEffect effect : effects) {
      if (effect instanceof RunEffect.Dispatch dispatch) {
        world.topics.send(this, dispatch, lateness);
      } else {
        outputs.add(new Output(record.runId(), effect));
      }
    }
    run.changedTimers((id, timer) -> alarms.set(record.runId(), id, timer));
    alarms.watch(record.runId(), record.input(), run);
  }

  private void commit() {
    committed = position;
    runs.values().forEach(SimulatedRun::commit);
    List<Output> out = List.copyOf(outputs);
    outputs.clear();
    for (Output output : out) {
      world.outside.see(output.runId(), output.effect());
    }
  }

  /** Dies, or is taken for dead and works on for a while. */
  private void crash() {
    world.trace.say(world.timeline.now(), () -> "coordinator " + partition + " dies");
    if (site.strikes(Fault.COORDINATOR_ZOMBIE)) {
      WorkflowGraph old = world.deployments.older(site.draw("older graph", 3));
      int more = 1 + site.draw("works on for", 3);
      long lateness = 1 + site.draw("late by", 20_000);
      for (int i = 0; i < more && position < log.end(); i++) {
        apply(old, lateness);
      }
    }
    runs.values().forEach(SimulatedRun::rollback);
    outputs.clear();
    position = committed;
    incarnation++;
    commitPlanned = false;
    replays.again();
    down = true;
    world.timeline.after(1 + site.draw("down for", 5_000), this::restart);
  }

  private void restart() {
    down = false;
    runs.forEach(
        (id, run) -> {
          for (var timer : run.all(Entry.Timer.class)) {
            alarms.set(id, timer.key().name(), timer.entry());
          }
        });
    alarms.lookForLost();
    alarms.lookForUnadopted();
    wake();
  }

  Alarms alarms() {
    return alarms;
  }

  boolean idle() {
    return position == log.end() && committed == position && !down;
  }
}
