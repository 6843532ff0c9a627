package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import org.jspecify.annotations.Nullable;

/**
 * Events that came before the waiter they may be meant for (W5). One is kept only if nothing took
 * it and no waiter of its type has had its answer: a second answer to a question is no early answer
 * to the next one (law 12). They wait for as long as the run goes on, and keep it from no verdict.
 * Nor do they keep open the fan-out in which they were emitted: what comes of an answer belongs
 * where its waiter stands, so nothing can follow from them there (law 17).
 */
final class EarlyEvents {
  private final LiveRun run;
  private final Waiting waiting;
  private final Unhandled unhandled;

  EarlyEvents(LiveRun run, Waiting waiting, Unhandled unhandled) {
    this.run = run;
    this.waiting = waiting;
    this.unhandled = unhandled;
  }

  /** False: the event is none that a waiter may yet come for. */
  boolean take(Event event, String cause, @Nullable String toStep, Lineage lineage) {
    if (event.inReplyTo() != null) {
      // An answer to a prompt is for the one that asked, who is there or will never be.
      boolean asked = run.store.get(Keys.asker(event.inReplyTo())) != null;
      if (asked) {
        unhandled.report(event, "it is not what prompt " + event.inReplyTo() + " asks for");
      }
      return asked;
    }
    if (run.store.get(Keys.resolved(event.type())) != null) {
      unhandled.report(event, "whoever waited for one has had an answer");
      return true;
    }
    if (!mayBeWaitedFor(event, toStep)) {
      return false;
    }
    int most = run.turn.limits().maxEarlyEvents();
    if (run.early >= most) {
      unhandled.report(event, Bounds.exceeded("maxEarlyEvents", run.early + 1L, most).message());
      return true;
    }
    run.store.put(
        Keys.early(event.type(), run.next()),
        new Entry.EarlyEvent(event, cause, toStep, lineage, run.now()));
    run.early++;
    return true;
  }

  /** Offers them to one that has begun to wait: the oldest that matches answers. */
  boolean offer(String executionId, String eventType) {
    if (run.early == 0) {
      return false;
    }
    String line = Keys.earlyLine(eventType);
    Found<Entry.EarlyEvent> taken =
        Lines.first(
            run.store,
            Entry.EarlyEvent.class,
            line,
            early -> waiting.answer(executionId, early.event(), early.toStep()));
    if (taken == null) {
      return false;
    }
    run.store.remove(taken.key());
    run.early--;
    return true;
  }

  private boolean mayBeWaitedFor(Event event, @Nullable String toStep) {
    WorkflowGraph graph = run.turn.graph();
    String workflow = run.settings.workflow();
    if (toStep == null) {
      return graph.waitedFor(workflow).contains(event.type());
    }
    StepSpec step = graph.step(workflow, toStep);
    return step != null && step.waitsFor().contains(event.type());
  }
}
