package io.millrace.local.inline;

import io.millrace.coordinator.codec.EffectRecords;
import io.millrace.coordinator.codec.Outgoing;
import io.millrace.coordinator.codec.RunInputCodec;
import io.millrace.coordinator.codec.StepSpecCodec;
import io.millrace.coordinator.codec.UnreadableRecordException;
import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.MemoryRunStore;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore.Found;
import io.millrace.coordinator.core.StepSpec;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.protocol.IllegalNameException;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The real rules on stores in memory. Not thread-safe. */
public class CoreCoordinator implements InlineCoordinator {
  private final Limits limits;
  private final boolean soundOnly;
  private final EffectRecords records;
  private final Map<String, StepSpec> steps = new TreeMap<>();
  private final Map<String, MemoryRunStore> runs = new LinkedHashMap<>();
  private final Set<String> touched = new LinkedHashSet<>();
  private WorkflowGraph graph;
  private long offset;
  private long committedOffset;

  /**
   * @param soundOnly whether starts of a workflow that has problems are refused (S9)
   */
  public CoreCoordinator(Namespace namespace, Limits limits, boolean soundOnly) {
    this.limits = limits;
    this.soundOnly = soundOnly;
    this.records = new EffectRecords(namespace);
    this.graph = WorkflowGraph.of(List.of(), limits, soundOnly);
  }

  @Override
  public final void register(StepRegistration step) {
    steps.put(step.getWorkflow() + "/" + step.getStep(), StepSpecCodec.spec(step));
    graph = WorkflowGraph.of(steps.values(), limits, soundOnly);
  }

  @Override
  public final List<Outgoing> apply(String runId, byte[] input, Instant at) {
    Arrival arrival = new Arrival(offset++, at);
    RunInputCodec.Addressed addressed;
    try {
      addressed = RunInputCodec.decode(input);
      Namespace.checkRunId(addressed.runId());
    } catch (UnreadableRecordException | IllegalNameException e) {
      String origin = "run-log@" + arrival.offset();
      return List.of(records.unhandled(runId, input, origin, e, Integer.MAX_VALUE));
    }
    touched.add(addressed.runId());
    List<Outgoing> out = new ArrayList<>();
    for (RunEffect effect : apply(graph, store(addressed.runId()), addressed.input(), arrival)) {
      records.record(effect).ifPresent(out::add);
    }
    return out;
  }

  /** One transition; the store's writes since its last commit may be those of earlier ones. */
  protected List<RunEffect> apply(
      WorkflowGraph steps, MemoryRunStore store, RunInput input, Arrival arrival) {
    return RunCore.apply(steps, store, input, arrival);
  }

  @Override
  public final void commit() {
    for (String runId : touched) {
      MemoryRunStore store = store(runId);
      store.commit();
      if (store.state() instanceof RunState.Absent) {
        runs.remove(runId);
      }
    }
    touched.clear();
    committedOffset = offset;
  }

  @Override
  public final void rollBack() {
    touched.forEach(runId -> store(runId).rollback());
    touched.clear();
    offset = committedOffset;
  }

  @Override
  public final Optional<Instant> nextTimer(@Nullable String runId) {
    return runs.values().stream()
        .filter(store -> runId == null || store.runId().equals(runId))
        .flatMap(store -> timers(store).stream())
        .map(timer -> timer.entry().due())
        .min(Instant::compareTo);
  }

  @Override
  public final List<Appended> due(Instant now) {
    List<Appended> due = new ArrayList<>();
    for (MemoryRunStore store : runs.values()) {
      for (Found<Entry.Timer> timer : timers(store)) {
        if (!timer.entry().due().isAfter(now)) {
          RunInput fired = new RunInput.TimerFired(timer.key().name(), timer.entry().generation());
          due.add(new Appended(store.runId(), RunInputCodec.encode(store.runId(), fired)));
        }
      }
    }
    return due;
  }

  /** All runs there are, by id, in the order in which they came. */
  protected final Map<String, MemoryRunStore> runs() {
    return runs;
  }

  private MemoryRunStore store(String runId) {
    return runs.computeIfAbsent(runId, MemoryRunStore::new);
  }

  private static List<Found<Entry.Timer>> timers(MemoryRunStore store) {
    return store.scan(Entry.Timer.class, null, Integer.MAX_VALUE);
  }
}
