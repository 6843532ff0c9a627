package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.MemoryRunStore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore.Found;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One run as its coordinator holds it, with all that is known of it from outside. */
final class SimulatedRun {
  private final World world;
  private final MemoryRunStore store;
  private final Journal journal;
  private final Ledger ledger = new Ledger();
  private List<Changes.Change<Entry.Timer>> timers = List.of();
  private @Nullable WorkflowGraph lastGraph;
  private int inputs;

  SimulatedRun(World world, String runId) {
    this.world = world;
    this.store = new MemoryRunStore(runId);
    this.journal = new Journal(store);
  }

  List<RunEffect> apply(WorkflowGraph graph, RunInput input, Arrival arrival) {
    RunState before = store.state();
    world.visited.add(before, input);
    // Each takes as long as the input itself, so only some are put to this test.
    boolean examined = inputs++ % 8 == 0;
    journal.begin();
    Examination examination = new Examination(world.rules, graph, journal, input, arrival);
    if (examined) {
      examination.rehearse();
    }
    List<RunEffect> effects = world.rules.apply(graph, journal, input, arrival);
    world.trace.say(
        world.timeline.now(), () -> Story.line(store.runId(), arrival.offset(), input, effects));
    Changes changes = Changes.of(journal);
    timers = changes.of(Entry.Timer.class);
    Step step =
        new Step(
            graph,
            graph == lastGraph,
            before,
            input,
            store.state(),
            effects,
            changes,
            store,
            ledger,
            world.deeds);
    world.laws.forEach(law -> law.check(step));
    world.visited.add(Happening.in(step));
    lastGraph = graph;
    if (examined) {
      examination.compare(effects);
      examination.repeat();
    }
    return effects;
  }

  void commit() {
    store.commit();
    ledger.commit();
  }

  void rollback() {
    store.rollback();
    ledger.rollback();
    lastGraph = null;
  }

  RunState state() {
    return store.state();
  }

  int size() {
    return store.size();
  }

  /** Timers that the last input has set. */
  void changedTimers(BiConsumer<String, Entry.Timer> each) {
    for (Changes.Change<Entry.Timer> change : timers) {
      Entry.Timer timer = change.after();
      if (timer != null) {
        each.accept(change.key().name(), timer);
      }
    }
  }

  Entry.@Nullable Timer timer(String id) {
    return store.get(EntryKey.of(Entry.Timer.class, id));
  }

  @Nullable OpenExecution execution(String id) {
    return store.get(EntryKey.of(OpenExecution.class, id));
  }

  <E extends Entry> List<Found<E>> all(Class<E> kind) {
    return store.scan(kind, null, Integer.MAX_VALUE);
  }
}
