package io.millrace.local.scenario;

import io.millrace.OutcomeSummary;
import io.millrace.Redriven;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import java.util.List;
import java.util.function.Predicate;

/** A run of a scenario, from outside. For one thread. */
interface StagedRun {
  String id();

  /** Waits for the end; throws as {@link io.millrace.RunHandle#result()} does. */
  <O> O result(Class<O> stopType);

  /** Waits for the end, whatever it is. */
  OutcomeSummary outcome();

  default boolean send(Object event) {
    return send(event, SendOptions.ofDefaults());
  }

  boolean send(Object event, SendOptions options);

  boolean cancel(String reason);

  /** As {@link io.millrace.RunHandle#redrive()}; what is asked later is about the new epoch. */
  Redriven redrive();

  Redriven redrive(String executionId);

  RunInspection inspect();

  /** Waits until the run looks so; time passes only as it must. */
  RunInspection await(String what, Predicate<RunInspection> condition);

  /** Waits until nothing of the run is at work or on its way; time need not pass for it. */
  default RunInspection awaitQuiet() {
    return await(
        "nothing is at work",
        run ->
            run.executions().stream()
                .allMatch(e -> e.phase().equals("SUSPENDED") || e.phase().equals("RETRYING")));
  }

  /** Waits until workers have said that they have begun with so many executions of this step. */
  default RunInspection awaitAdopted(String step, int executions) {
    return await(
        executions + " executions of " + step + " are adopted",
        run ->
            run.executions().stream()
                    .filter(e -> e.step().equals(step) && e.phase().equals("RUNNING"))
                    .count()
                == executions);
  }

  /** What a reader of the stream gets; waits for the end of the run. */
  List<StreamedEvent> stream(StreamOptions options);

  default List<StreamedEvent> stream() {
    return stream(StreamOptions.fromStart());
  }

  /** The first so many that a reader of the stream gets, who then leaves. */
  List<StreamedEvent> streamed(int events);

  /** Steps whose events are in the dead letters of this run, with the type of the error. */
  List<String> deadLetters();
}
