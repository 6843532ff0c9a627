package io.millrace.local.scenario;

import io.millrace.RunInspection;
import io.millrace.StartOptions;
import java.time.Duration;

/** What a script can do to the workflow under test. For one thread. */
interface Stage {
  /** Starts a run under an id of its own. */
  default StagedRun start(Object event) {
    return start(event, StartOptions.ofDefaults());
  }

  StagedRun start(Object event, StartOptions options);

  /**
   * A run that was started before.
   *
   * @throws io.millrace.UnknownRunException if there is no such run
   */
  StagedRun attach(String runId);

  /** Steps that were not there before, or another version of such as were. */
  void deploy(Object... steps);

  /** From now on executions of this step begin, and stay before their first line of code. */
  void hold(String step);

  /** What is held runs now. */
  void release(String step);

  /** Returns when this step has as many executions that are held. */
  void awaitHeld(String step, int executions);

  /** Returns when this step has had as many executions that were interrupted while held. */
  void awaitInterrupted(String step, int executions);

  /** What is held of this step is lost with its worker, and another worker takes its place. */
  void loseWorker(String step);

  /** Loses one worker after the other with the run's execution of this step. */
  default void loseWorkersUntilGivenUp(String step, StagedRun run) {
    String what = step + " is at work, or given up";
    while (open(run.await(what, seen -> adopted(seen, step) || !open(seen, step)), step)) {
      loseWorker(step);
    }
  }

  private static boolean open(RunInspection run, String step) {
    return run.outcome().isEmpty()
        && run.executions().stream().anyMatch(execution -> execution.step().equals(step));
  }

  private static boolean adopted(RunInspection run, String step) {
    return run.executions().stream()
        .anyMatch(e -> e.step().equals(step) && e.phase().equals("RUNNING"));
  }

  /** Lets time pass. */
  void advance(Duration time);

  /** Ends the coordinator and starts another on what it has left. */
  void restartCoordinator();

  /** Whether the coordinator has anything stored of this run. */
  boolean remembers(String runId);

  /** Puts these bytes on the run log as an input of this run. */
  void writeGarbage(String runId, byte[] input);

  /** Whether each attempt is run once: nothing goes wrong here of its own. */
  boolean isCalm();
}
