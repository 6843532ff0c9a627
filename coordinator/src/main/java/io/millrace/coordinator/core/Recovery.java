package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunEffect.CaughtFailure;
import io.millrace.coordinator.core.RunEffect.InternalKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Failure handlers (E4). An execution that is given up closes, and one execution of the handler
 * opens where it stood: what follows from it descends from the failure, and counts it. So a lineage
 * is recovered a bounded number of times, and no handler is handled.
 */
final class Recovery {
  /** Of the events that handlers are invoked with; the coordinator makes them, and nobody else. */
  static final String EVENT_TYPE = "StepFailedEvent";

  private static final String ANY_STEP = "*";

  private final LiveRun run;
  private final Dispatching dispatching;
  private final Facts facts;

  Recovery(LiveRun run, Dispatching dispatching, Facts facts) {
    this.run = run;
    this.dispatching = dispatching;
    this.facts = facts;
  }

  /** Gives the failure to its handler; false: nobody handles it, or not once more. */
  boolean take(OpenExecution failed, ErrorInfo error) {
    StepSpec handler = handler(failed);
    Lineage lineage = failed.lineage();
    if (handler == null || lineage.recoveries() >= handler.maxRecoveries()) {
      return false;
    }
    tell(failed, handler, error);
    String cause = Ids.failureCause(failed.id());
    Event event =
        new Event(cause, EVENT_TYPE, EventKind.EVENT, Bytes.EMPTY, null).tracedAs(failed.event());
    Lineage next = new Lineage(lineage.fanOut(), lineage.path(), lineage.recoveries() + 1);
    Duration elapsed = Duration.between(failed.firstDispatchedAt(), run.now());
    // Opened before the other closes: no fan-out around both ends between the two (law 17).
    dispatching.openCaught(
        event,
        cause,
        handler,
        next,
        new CaughtFailure(failed.step(), failed.event(), error, failed.attempt(), elapsed));
    dispatching.close(failed);
    dispatching.drain(failed.step());
    return true;
  }

  /** What was tried before the run failed here, for its outcome's reason; empty: nothing. */
  String story(OpenExecution failed) {
    CaughtFailure caught = caught(failed);
    if (caught != null) {
      ErrorInfo error = caught.error();
      return "; it was handling the failure of step "
          + caught.step()
          + " ("
          + error.type()
          + ": "
          + error.message()
          + ")";
    }
    int recoveries = failed.lineage().recoveries();
    return recoveries == 0
        ? ""
        : "; recovery was tried: " + recoveries + " failure(s) that led here had been handled";
  }

  /** What was at the bottom of it: a handler's own event is empty. */
  Event origin(OpenExecution failed) {
    CaughtFailure caught = caught(failed);
    return caught == null ? failed.event() : caught.event();
  }

  private @Nullable CaughtFailure caught(OpenExecution execution) {
    Entry.Caught caught =
        execution.input() == Entry.Input.CAUGHT ? run.store.get(Keys.caught(execution.id())) : null;
    return caught == null ? null : caught.failure();
  }

  /** One that names the step before one for all; among several the first by name. */
  private @Nullable StepSpec handler(OpenExecution failed) {
    boolean isHandler = !run.spec(failed.step()).catches().isEmpty();
    if (isHandler || failed.input() == Entry.Input.CAUGHT) {
      return null;
    }
    StepSpec forAll = null;
    for (StepSpec step : run.turn.graph().steps(run.settings.workflow())) {
      if (step.catches().contains(failed.step())) {
        return step;
      }
      if (forAll == null && step.catches().contains(ANY_STEP)) {
        forAll = step;
      }
    }
    return forAll;
  }

  private void tell(OpenExecution failed, StepSpec handler, ErrorInfo error) {
    String message =
        error.type() + ": " + error.message() + "; step " + handler.step() + " handles it";
    run.note("recovery of " + failed.step() + " from " + message);
    facts.notable(
        InternalKind.RETRY_SCHEDULED, failed.step(), failed.id(), failed.attempt(), message);
  }
}
