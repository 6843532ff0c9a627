package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where an event goes: the end of the run, a human, those who wait, the steps, or aside. */
final class Routing {
  private final LiveRun run;
  private final FanOuts fanOuts;
  private final Room room;
  private final Dispatching dispatching;
  private final Joins joins;
  private final Prompts prompts;
  private final Waiting waiting;
  private final Ending ending;
  private final EarlyEvents early;
  private final Unhandled unhandled;

  Routing(
      LiveRun run,
      FanOuts fanOuts,
      Room room,
      Dispatching dispatching,
      Joins joins,
      Prompts prompts,
      Waiting waiting,
      Ending ending,
      Facts facts) {
    this.run = run;
    this.fanOuts = fanOuts;
    this.room = room;
    this.dispatching = dispatching;
    this.joins = joins;
    this.prompts = prompts;
    this.waiting = waiting;
    this.ending = ending;
    this.unhandled = new Unhandled(run, facts);
    this.early = new EarlyEvents(run, waiting, unhandled);
  }

  /**
   * @param from the step that emitted it, or empty
   */
  void route(Emission emission, String from) {
    Event event = emission.event();
    String toStep = emission.toStep();
    if (event.kind() == EventKind.STOP) {
      ending.completed(event);
      return;
    }
    if (event.kind() == EventKind.INPUT_REQUIRED) {
      prompts.open(event, from, emission.lineage());
    }
    Set<String> woken = waiting.answer(event, toStep);
    List<StepSpec> steps = run.accepting(event, toStep);
    if (!steps.isEmpty()) {
      deliver(emission, steps, woken);
    } else if (woken.isEmpty()
        && event.kind() != EventKind.INPUT_REQUIRED
        && !keptEarly(emission)) {
      park(emission);
    }
  }

  private boolean keptEarly(Emission e) {
    return early.take(e.event(), e.cause(), e.toStep(), e.lineage());
  }

  /** Among several takers each has its own place, so that what they make has an order too. */
  private void deliver(Emission emission, List<StepSpec> steps, Set<String> woken) {
    List<Dispatching.Taker> takers = new ArrayList<>();
    boolean taken = !woken.isEmpty();
    for (StepSpec step : steps) {
      if (woken.contains(step.step())) {
        continue;
      }
      Lineage lineage = emission.lineage().child(steps.indexOf(step), steps.size());
      if (step.join() == null) {
        takers.add(new Dispatching.Taker(step, lineage));
      } else if (joins.take(step, emission.withoutFields(), lineage)) {
        taken = true;
      }
    }
    if (!takers.isEmpty()) {
      dispatching.open(emission.event().withoutFields(), emission.cause(), takers);
    } else if (!taken && !keptEarly(emission)) {
      String names = steps.stream().map(StepSpec::step).collect(Collectors.joining(", "));
      unhandled(emission.event(), names + " joins a fan-out, and the event belongs to none");
    }
  }

  /** Keeps an event for a step that may yet be deployed (law 14). */
  void park(Emission emission) {
    run.store.put(
        Keys.parked(emission.event().type(), run.next()),
        new Entry.ParkedEvent(
            emission.event(), emission.cause(), emission.toStep(), emission.lineage(), run.now()));
    run.parked++;
    fanOuts.began(emission.lineage(), 1);
  }

  /** Routes what can be routed by now, and gives up what has waited for too long (S6). */
  void reviewParked() {
    Instant limit = run.now().minus(run.turn.limits().grace());
    for (Found<Entry.ParkedEvent> found : Parking.byArrival(run)) {
      Entry.ParkedEvent parked = found.entry();
      if (run.over()) {
        return;
      }
      Emission emission =
          new Emission(parked.event(), parked.cause(), parked.toStep(), parked.lineage());
      if (!run.accepting(parked.event(), parked.toStep()).isEmpty()) {
        ErrorInfo problem = room.problem(0, List.of(emission));
        if (problem != null) {
          ending.failed(problem);
          return;
        }
        unpark(found);
        route(emission, "");
      } else if (!parked.since().isAfter(limit)) {
        unpark(found);
        if (keptEarly(emission)) {
          continue;
        }
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
    if (early.offer(waiter.id(), eventType)) {
      return;
    }
    if (run.parked == 0) {
      return;
    }
    Found<Entry.ParkedEvent> taken =
        Lines.first(
            run.store,
            Entry.ParkedEvent.class,
            Keys.parkedLine(eventType),
            parked -> waiting.answer(waiter.id(), parked.event(), parked.toStep()));
    if (taken != null) {
      unpark(taken);
    }
  }

  void unhandled(Event event, String why) {
    unhandled.report(event, why);
  }

  private void unpark(Found<Entry.ParkedEvent> found) {
    run.store.remove(found.key());
    run.parked--;
    fanOuts.ended(found.entry().lineage());
  }
}
