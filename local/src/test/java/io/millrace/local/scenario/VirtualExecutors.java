package io.millrace.local.scenario;

import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.topology.TopologyHarness;
import io.millrace.local.LocalWorkflows;
import io.millrace.local.inline.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/** The executors that need neither threads nor a broker. */
final class VirtualExecutors {
  /** How many histories the simulator makes of each scenario; a property may say another number. */
  private static final int SEEDS = Integer.getInteger("scenario.seeds", 25);

  /** A property may name the one seed that is of interest. */
  private static final long FIRST = Long.getLong("scenario.seed", 1);

  /** Of a run's stream events there may be so few that a scenario can have more. */
  private static final Limits LIMITS = limits(Limits.ofDefaults(), 1_000);

  private VirtualExecutors() {}

  private static Limits limits(Limits all, long streamEvents) {
    return new Limits(
        all.grace(),
        all.runRetention(),
        all.streamRetention(),
        all.maxEventBytes(),
        all.maxStateBytes(),
        all.maxOpenExecutions(),
        all.maxEffects(),
        all.maxSetSize(),
        streamEvents,
        all.maxEarlyEvents());
  }

  static void core(Scenario scenario) throws Exception {
    CheckedCoordinator coordinator = new CheckedCoordinator(LIMITS);
    play(scenario, new VirtualStage(coordinator, coordinator, Schedule.inOrder(), true));
  }

  static void localWorkflow(Scenario scenario) throws Exception {
    StagedCoordinator coordinator = new StagedCoordinator(LIMITS);
    play(scenario, new VirtualStage(coordinator, coordinator, Schedule.inOrder(), true));
  }

  static void simulator(Scenario scenario) throws Exception {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      StagedCoordinator coordinator = new StagedCoordinator(LIMITS);
      Schedule schedule = new FaultySchedule(seed, scenario.inOrder());
      try {
        play(scenario, new VirtualStage(coordinator, coordinator, schedule, false));
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "seed %d; alone with -Dscenario.seed=%d -Dscenario.seeds=1".formatted(seed, seed), e);
      }
    }
  }

  static void topology(Scenario scenario) throws Exception {
    Path folder = Files.createTempDirectory("millrace-topology-");
    try {
      TopologyCoordinator coordinator =
          new TopologyCoordinator(
              new TopologyHarness(LocalWorkflows.NAMESPACE, LIMITS, LocalWorkflows.BEGIN, folder));
      play(scenario, new VirtualStage(coordinator, coordinator, Schedule.inOrder(), true));
    } finally {
      Utils.delete(folder.toFile());
    }
  }

  private static void play(Scenario scenario, VirtualStage stage) throws Exception {
    try (stage) {
      stage.play(scenario);
    }
  }
}
