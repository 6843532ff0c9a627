package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;
import java.util.Set;

/** Whether a run may begin (R2, S9), now or once its workflow is deployed (law 14). */
final class Admission {
  enum Verdict {
    WELCOME,
    WRONG_TYPE,
    NOT_YET
  }

  private Admission() {}

  static Verdict of(WorkflowGraph graph, String workflow, Event start) {
    Set<String> types = graph.startTypes(workflow);
    if (types.isEmpty()) {
      return Verdict.NOT_YET;
    }
    if (!types.contains(start.type())) {
      return Verdict.WRONG_TYPE;
    }
    // What is wrong now may be right once the last step is deployed.
    return graph.mayStart(workflow) ? Verdict.WELCOME : Verdict.NOT_YET;
  }

  static Answer.Refused wrongType(WorkflowGraph graph, String workflow, Event start) {
    return new Answer.Refused(
        Answer.Code.WRONG_START_TYPE,
        "workflow "
            + workflow
            + " starts with "
            + graph.startTypes(workflow)
            + ", not with "
            + start.type());
  }

  /** Decides about a run that waits for its workflow, against the graph as it is now. */
  static void review(LiveRun run, Event start) {
    WorkflowGraph graph = run.turn.graph();
    String workflow = run.settings.workflow();
    Verdict verdict = of(graph, workflow, start);
    if (verdict == Verdict.WELCOME) {
      run.admitted = true;
      run.answerStarts(new Answer.StartAccepted(false), null);
    } else if (verdict == Verdict.WRONG_TYPE) {
      refuse(run, wrongType(graph, workflow, start));
    } else if (!run.now().isBefore(run.settings.startedAt().plus(run.turn.limits().grace()))) {
      refuse(run, notYet(graph, workflow));
    }
  }

  private static Answer.Refused notYet(WorkflowGraph graph, String workflow) {
    if (graph.startTypes(workflow).isEmpty()) {
      return new Answer.Refused(
          Answer.Code.UNKNOWN_WORKFLOW,
          "workflow "
              + workflow
              + " has no step that accepts a start event; start its steps, or check the name");
    }
    StringBuilder message = new StringBuilder("workflow " + workflow + " is not sound: ");
    for (WorkflowProblem problem : graph.problems(workflow)) {
      message.append(problem.message()).append("; ");
    }
    message.append("mend it, deploy the steps that are missing, or set");
    message.append(" millrace.workflows.check=false at the coordinator");
    return new Answer.Refused(Answer.Code.INVALID_WORKFLOW, message.toString());
  }

  /** The start that an unadmitted run waits with: the first event that was put aside. */
  static Event start(LiveRun run) {
    List<Found<Entry.ParkedEvent>> parked = Parking.byArrival(run);
    if (parked.isEmpty()) {
      throw new IllegalStateException("a run that waits for its workflow has lost its start");
    }
    return parked.get(0).entry().event();
  }

  /** As if it had never been, but what others sent to it meanwhile is not lost. */
  private static void refuse(LiveRun run, Answer.Refused refusal) {
    run.answerStarts(refusal, null);
    run.turn.disregard(RunEffect.Reason.NOT_APPLICABLE, refusal.message());
    String root = Ids.rootCause(run.settings.life(), run.settings.workflow());
    for (Found<Entry.ParkedEvent> found : Parking.byArrival(run)) {
      Entry.ParkedEvent parked = found.entry();
      if (!parked.cause().equals(root)) {
        ErrorInfo error = new ErrorInfo(refusal.code().name(), refusal.message(), "");
        run.turn.add(
            new RunEffect.DeadLetter(
                run.turn.runId(), run.settings.workflow(), parked.event(), "", "", error, 0));
      }
    }
    Leftovers.purge(run.store);
    run.vanish();
  }
}
