package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.RunEffect.CaughtFailure;
import io.millrace.coordinator.core.RunEffect.CollectedSet;
import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.RunEffect.WaitAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opens executions, sends them out, sends them again, and closes them. */
final class Dispatching {
  private final LiveRun run;
  private final StateCells state;
  private final FanOuts fanOuts;
  private final Places places;

  Dispatching(LiveRun run, StateCells state, FanOuts fanOuts) {
    this.run = run;
    this.state = state;
    this.fanOuts = fanOuts;
    this.places = new Places(run);
  }

  /** What goes out for one execution. */
  private record Parcel(
      OpenExecution execution,
      Map<String, VersionedValue> state,
      List<CollectedSet> sets,
      List<WaitAnswer> answers,
      @Nullable List<Event> joined,
      @Nullable CaughtFailure failure) {}

  /** Who takes an event, and where that stands. */
  record Taker(StepSpec step, Lineage lineage) {}

  /** One execution for each step, and one record for all that find a place (S1). */
  void open(Event event, String cause, List<Taker> takers) {
    List<Parcel> parcels = new ArrayList<>();
    for (Taker taker : takers) {
      OpenExecution opened = begin(event, cause, taker, Entry.Input.EVENT);
      if (places.takeOrQueue(opened.step(), opened.id())) {
        parcels.add(
            new Parcel(opened, state.readableBy(taker.step()), List.of(), List.of(), null, null));
      } else {
        run.put(opened);
      }
    }
    send(event, parcels, false);
  }

  /** One execution of a join, with what it joins. */
  void openJoined(Event event, String cause, StepSpec step, Lineage lineage, List<Event> joined) {
    OpenExecution opened = begin(event, cause, new Taker(step, lineage), Entry.Input.JOINED);
    run.store.put(Keys.joined(opened.id()), new Entry.Joined(joined));
    if (places.takeOrQueue(opened.step(), opened.id())) {
      dispatch(opened);
    } else {
      run.put(opened);
    }
  }

  /** One execution of a failure's handler. */
  void openCaught(
      Event event, String cause, StepSpec handler, Lineage lineage, CaughtFailure failure) {
    OpenExecution opened = begin(event, cause, new Taker(handler, lineage), Entry.Input.CAUGHT);
    run.store.put(Keys.caught(opened.id()), new Entry.Caught(failure));
    if (places.takeOrQueue(opened.step(), opened.id())) {
      dispatch(opened);
    } else {
      run.put(opened);
    }
  }

  private OpenExecution begin(Event event, String cause, Taker taker, Entry.Input input) {
    String step = taker.step().step();
    String id = Ids.execution(cause, step);
    if (run.execution(id) != null) {
      throw new IllegalStateException("execution " + id + " is open already");
    }
    run.open++;
    fanOuts.began(taker.lineage(), 1);
    return Phases.opened(id, step, event, taker.lineage(), input, run.now());
  }

  /** The execution goes on in another place, with what was given to it (law 17). */
  OpenExecution move(OpenExecution execution, Lineage lineage) {
    if (!lineage.fanOut().equals(execution.lineage().fanOut())) {
      fanOuts.began(lineage, 1);
      fanOuts.ended(execution.lineage());
    }
    return Phases.moved(execution, lineage);
  }

  /** A new token: the state is as of now, sets and answers are those that the execution has. */
  void dispatch(OpenExecution execution) {
    send(execution.event(), List.of(parcel(execution, freshState(execution))), false);
  }

  /** The same token and the same bytes as before (law 1). */
  void resend(OpenExecution execution) {
    Entry.SentState sent = run.store.get(Keys.sentState(execution.id()));
    Map<String, VersionedValue> old = sent == null ? Map.of() : sent.state();
    send(execution.event(), List.of(parcel(execution, old)), true);
  }

  /** Invokes the execution once more, which is no failure; it keeps its place. */
  void reinvoke(OpenExecution execution) {
    dropRetryTimer(execution);
    dispatch(Phases.reinvoked(execution, run.now()));
  }

  /** Gives up the execution's place while it waits for an event. */
  void suspend(OpenExecution execution) {
    dropRetryTimer(execution);
    UpdateQueue.leave(run, execution);
    run.put(Phases.suspended(execution, run.now()));
    run.suspended++;
    places.release(execution.step());
  }

  /** The event has come; now a place must be found again. */
  void resume(OpenExecution execution) {
    run.suspended--;
    OpenExecution again = Phases.reinvoked(execution, run.now());
    if (places.takeOrQueue(execution.step(), execution.id())) {
      dispatch(again);
    } else {
      run.put(again);
    }
  }

  /** Forgets the execution; {@link #drain} lets the next one in, once all effects are applied. */
  void close(OpenExecution execution) {
    dropRetryTimer(execution);
    UpdateQueue.leave(run, execution);
    String id = execution.id();
    run.store.remove(Keys.execution(id));
    // Looking first is cheaper than a tombstone in the changelog for what was never there.
    removeIfThere(Keys.sentState(id));
    if (execution.round() > 0) {
      removeIfThere(Keys.reserved(id));
      removeIfThere(Keys.answers(id));
    }
    if (execution.input() == Entry.Input.JOINED) {
      run.store.remove(Keys.joined(id));
    } else if (execution.input() == Entry.Input.CAUGHT) {
      run.store.remove(Keys.caught(id));
    }
    run.open--;
    fanOuts.ended(execution.lineage());
    if (Phases.holdsPlace(execution)) {
      places.release(execution.step());
    }
  }

  /** Sends out those of the step whose turn has come. */
  void drain(String step) {
    for (String id : places.takeNext(step)) {
      OpenExecution next = run.execution(id);
      if (next == null || next.phase() != Phase.QUEUED) {
        throw new IllegalStateException("execution " + id + " stands in line but is " + next);
      }
      dispatch(next);
    }
  }

  void dropRetryTimer(OpenExecution execution) {
    if (execution.phase() == Phase.RETRYING) {
      run.dropTimer(Failures.RETRY + execution.id());
    }
  }

  private Map<String, VersionedValue> freshState(OpenExecution execution) {
    return state.readableBy(run.spec(execution.step()));
  }

  private Parcel parcel(OpenExecution execution, Map<String, VersionedValue> readable) {
    Entry.ReservedSets sets = null;
    Entry.Answers answers = null;
    if (execution.round() > 0) {
      sets = run.store.get(Keys.reserved(execution.id()));
      answers = run.store.get(Keys.answers(execution.id()));
    }
    return new Parcel(
        execution,
        readable,
        sets == null ? List.of() : sets.sets(),
        answers == null ? List.of() : answers.answers(),
        joined(execution),
        caught(execution));
  }

  private @Nullable List<Event> joined(OpenExecution execution) {
    if (execution.input() != Entry.Input.JOINED) {
      return null;
    }
    Entry.Joined joined = run.store.get(Keys.joined(execution.id()));
    if (joined == null) {
      throw new IllegalStateException("join " + execution.id() + " has lost what it joins");
    }
    return joined.events();
  }

  private @Nullable CaughtFailure caught(OpenExecution execution) {
    if (execution.input() != Entry.Input.CAUGHT) {
      return null;
    }
    Entry.Caught caught = run.store.get(Keys.caught(execution.id()));
    if (caught == null) {
      throw new IllegalStateException("handler " + execution.id() + " has lost its failure");
    }
    return caught.failure();
  }

  private void send(Event event, List<Parcel> parcels, boolean sameToken) {
    if (parcels.isEmpty()) {
      return;
    }
    long sequence = run.next();
    List<Target> targets = new ArrayList<>();
    Map<String, VersionedValue> union = new TreeMap<>();
    for (Parcel parcel : parcels) {
      OpenExecution before = parcel.execution();
      long digest =
          sameToken
              ? before.digest()
              : DispatchDigest.of(
                  event,
                  parcel.state(),
                  parcel.sets(),
                  parcel.answers(),
                  parcel.joined(),
                  parcel.failure());
      OpenExecution out = Phases.dispatched(before, digest, sequence, run.now());
      run.put(out);
      if (!sameToken) {
        keepSentState(out, parcel.state());
      }
      union.putAll(parcel.state());
      targets.add(
          new Target(
              out.token(),
              out.step(),
              out.firstDispatchedAt(),
              out.lastError(),
              parcel.sets(),
              parcel.answers(),
              parcel.joined(),
              parcel.failure(),
              out.lineage().recoveries()));
    }
    run.turn.add(
        new RunEffect.Dispatch(
            run.turn.runId(),
            run.settings.workflow(),
            event,
            run.epoch,
            sequence,
            List.copyOf(targets),
            union,
            run.turn.graph().waitedFor(run.settings.workflow())));
  }

  private void keepSentState(OpenExecution execution, Map<String, VersionedValue> sent) {
    EntryKey<Entry.SentState> key = Keys.sentState(execution.id());
    if (!sent.isEmpty()) {
      run.store.put(key, new Entry.SentState(sent));
    } else if (execution.attempt() > 1 || execution.round() > 0) {
      removeIfThere(key);
    }
  }

  private <E extends Entry> void removeIfThere(EntryKey<E> key) {
    @Nullable E entry = run.store.get(key);
    if (entry != null) {
      run.store.remove(key);
    }
  }
}
