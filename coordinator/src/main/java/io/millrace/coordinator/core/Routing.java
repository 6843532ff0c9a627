package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an event goes: the end of the run, a human, those who wait, the steps, or aside. */
final class Routing {
  private final LiveRun run;
  private final Dispatching dispatching;
  private final Prompts prompts;
  private final Waiting waiting;
  private final Ending ending;
  private final EarlyEvents early;
  private final Unhandled unhandled;

  Routing(
      LiveRun run,
      Dispatching dispatching,
      Prompts prompts,
      Waiting waiting,
      Ending ending,
      Facts facts) {
    this.run = run;
    this.dispatching = dispatching;
    this.prompts = prompts;
    this.waiting = waiting;
    this.ending = ending;
    this.unhandled = new Unhandled(run, facts);
    this.early = new EarlyEvents(run, waiting, unhandled);
  }

  /**
   * @param cause what the ids of the executions derive from
   * @param toStep null: every step that accepts the type
   * @param from the step that emitted it, or empty
   */
  void route(Event event, String cause, @Nullable String toStep, String from) {
    if (event.kind() == EventKind.STOP) {
      ending.completed(event);
      return;
    }
    if (event.kind() == EventKind.INPUT_REQUIRED) {
      prompts.open(event, from);
    }
    Set<String> woken = waiting.answer(event, toStep);
    List<StepSpec> steps = accepting(event, toStep);
    boolean accepted = !steps.isEmpty() || !woken.isEmpty();
    steps.removeIf(step -> woken.contains(step.step()));
    if (!steps.isEmpty()) {
      dispatching.open(event.withoutFields(), cause, steps);
    } else if (!accepted && event.kind() != EventKind.INPUT_REQUIRED) {
      if (!early.take(event, cause, toStep, Lineage.ROOT)) {
        park(event, cause, toStep);
      }
    }
  }

  /**
   * Why the events of a completion would find no room, null if they will. A run that fails must not
   * do so in the middle of them: half of the completion would be frozen with it.
   */
  @Nullable ErrorInfo noRoom(List<StepEffect> effects) {
    long opened = 0;
    long parked = 0;
    for (StepEffect effect : effects) {
      if (effect instanceof StepEffect.Emit emit && emit.event().kind() != EventKind.STOP) {
        int steps = accepting(emit.event(), emit.toStep()).size();
        opened += steps;
        parked += steps == 0 && emit.event().kind() != EventKind.INPUT_REQUIRED ? 1 : 0;
      }
    }
    return noRoom(opened - 1, parked);
  }

  /** The same for a single event from outside. */
  @Nullable ErrorInfo noRoom(Event event, @Nullable String toStep) {
    int steps = run.admitted ? accepting(event, toStep).size() : 0;
    return noRoom(steps, steps == 0 ? 1 : 0);
  }

  private @Nullable ErrorInfo noRoom(long opened, long parked) {
    int most = run.turn.limits().maxOpenExecutions();
    if (run.open + opened > most) {
      return Bounds.exceeded("maxOpenExecutions", run.open + opened, most);
    }
    return run.parked + parked > most
        ? Bounds.exceeded("maxOpenExecutions (parked events)", run.parked + parked, most)
        : null;
  }

  /** Keeps an event for a step that may yet be deployed (law 14). */
  void park(Event event, String cause, @Nullable String toStep) {
    run.store.put(
        Keys.parked(run.next()),
        new Entry.ParkedEvent(event, cause, toStep, Lineage.ROOT, run.now()));
    run.parked++;
  }

  /** Routes what can be routed by now, and gives up what has waited for too long (S6). */
  void reviewParked() {
    Instant limit = run.now().minus(run.turn.limits().grace());
    for (Found<Entry.ParkedEvent> found : parked()) {
      Entry.ParkedEvent parked = found.entry();
      if (run.over()) {
        return;
      }
      int steps = accepting(parked.event(), parked.toStep()).size();
      if (steps > 0) {
        ErrorInfo noRoom = noRoom(steps, 0);
        if (noRoom != null) {
          ending.failed(noRoom);
          return;
        }
        unpark(found);
        route(parked.event(), parked.cause(), parked.toStep(), "");
      } else if (!parked.since().isAfter(limit)) {
        unpark(found);
        String to = parked.toStep() == null ? "" : " (sent to step " + parked.toStep() + ")";
        unhandled(parked.event(), "no step accepts it" + to);
      }
    }
  }

  /**
   * An event that came before its waiter is kept for it (W5). So is one that nobody was known to
   * wait for, until it is given up.
   */
  void offerEarly(Entry.OpenExecution waiter, String eventType) {
    if (early.offer(eventType)) {
      return;
    }
    for (Found<Entry.ParkedEvent> found : parked()) {
      Entry.ParkedEvent parked = found.entry();
      boolean meant = parked.toStep() == null || parked.toStep().equals(waiter.step());
      if (parked.event().type().equals(eventType)
          && meant
          && !waiting.answer(parked.event(), parked.toStep()).isEmpty()) {
        unpark(found);
        return;
      }
    }
  }

  void unhandled(Event event, String why) {
    unhandled.report(event, why);
  }

  private List<StepSpec> accepting(Event event, @Nullable String toStep) {
    List<StepSpec> steps =
        new ArrayList<>(run.turn.graph().accepting(run.settings.workflow(), event.type()));
    if (toStep != null) {
      steps.removeIf(step -> !step.step().equals(toStep));
    }
    return steps;
  }

  private List<Found<Entry.ParkedEvent>> parked() {
    return run.parked == 0
        ? List.of()
        : run.store.scan(Entry.ParkedEvent.class, "", Integer.MAX_VALUE);
  }

  private void unpark(Found<Entry.ParkedEvent> found) {
    run.store.remove(found.key());
    run.parked--;
  }
}
