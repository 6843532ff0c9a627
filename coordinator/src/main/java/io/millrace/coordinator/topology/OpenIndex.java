package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.EntryCodec;
import io.millrace.coordinator.codec.StateCodec;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.metrics.StepLoad;
import io.millrace.coordinator.metrics.StepName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The task's open executions in memory: adopted ones by worker, dispatched ones apart. Follows the
 * store entry by entry and is rebuilt from it when the task starts. Not thread-safe.
 */
final class OpenIndex {
  private static final byte EXECUTION = EntryCodec.of(Entry.OpenExecution.class).tag();

  private record Id(String runId, String executionId) {}

  private final Map<Id, OpenWork> work = new HashMap<>();
  private final Map<String, Map<Id, OpenWork>> byWorker = new HashMap<>();
  private final Map<Id, OpenWork> dispatched = new LinkedHashMap<>();
  private final Map<Id, Long> reportedAt = new HashMap<>();

  /**
   * @param runs is told of every run that has not ended
   */
  void load(KeyValueStore<Bytes, byte[]> store, Consumer<RunState.Running> runs) {
    StoreKeys.Range range = StoreKeys.runs();
    String workflow = "";
    try (KeyValueIterator<Bytes, byte[]> all = store.range(range.from(), range.to())) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> item = all.next();
        StoreKeys.RunKey key = StoreKeys.run(item.key);
        if (key.tag() == StoreKeys.HEAD) {
          workflow = "";
          if (StateCodec.decode(item.value) instanceof RunState.Running running) {
            workflow = running.settings().workflow();
            runs.accept(running);
          }
        } else if (key.tag() == EXECUTION) {
          changed(
              key.runId(),
              workflow,
              key.name(),
              EntryCodec.of(Entry.OpenExecution.class).decode(item.value));
        }
      }
    }
  }

  void changed(
      String runId, String workflow, String executionId, Entry.@Nullable OpenExecution now) {
    Id id = new Id(runId, executionId);
    forget(id);
    if (now == null) {
      return;
    }
    if (now.phase() == Entry.Phase.DISPATCHED) {
      OpenWork item = item(runId, workflow, now, null);
      work.put(id, item);
      dispatched.put(id, item);
    } else if (now.phase() == Entry.Phase.RUNNING && now.worker() != null) {
      OpenWork item = item(runId, workflow, now, now.worker());
      work.put(id, item);
      byWorker.computeIfAbsent(now.worker(), w -> new LinkedHashMap<>()).put(id, item);
    }
  }

  /** Says on the run log which adopted executions have lost their worker. */
  int reportLost(Liveness liveness, InputSink sink, long nowMillis, Duration repeat) {
    int reported = 0;
    for (Map.Entry<String, Map<Id, OpenWork>> held : byWorker.entrySet()) {
      for (Map.Entry<Id, OpenWork> at : held.getValue().entrySet()) {
        OpenWork item = at.getValue();
        Optional<String> lost = liveness.lost(held.getKey(), item.sinceMillis());
        if (lost.isEmpty()) {
          continue;
        }
        Long last = reportedAt.get(at.getKey());
        if (last == null || nowMillis - last >= repeat.toMillis()) {
          reportedAt.put(at.getKey(), nowMillis);
          sink.append(
              item.runId(),
              new RunInput.WorkerLost(item.token(), item.sequence(), held.getKey(), lost.get()));
          reported++;
        }
      }
    }
    return reported;
  }

  /**
   * Executions that nobody has adopted, dispatched before {@code beforeMillis}.
   *
   * @param limit of each step, so that a long line before one step hides no other's
   */
  List<OpenWork> unadopted(long beforeMillis, int limit) {
    List<OpenWork> found = new ArrayList<>();
    Map<String, Integer> ofStep = new HashMap<>();
    for (OpenWork item : dispatched.values()) {
      if (item.sinceMillis() < beforeMillis
          && ofStep.merge(item.workflow() + "/" + item.step(), 1, Integer::sum) <= limit) {
        found.add(item);
      }
    }
    return found;
  }

  /** What is open of each step; steps of which nothing is open are left out. */
  Map<StepName, StepLoad> loads() {
    Map<StepName, StepLoad> loads = new HashMap<>();
    for (OpenWork item : work.values()) {
      loads.merge(
          new StepName(item.workflow(), item.step()),
          item.worker() == null ? StepLoad.waiting(item.sinceMillis()) : StepLoad.runs(),
          StepLoad::plus);
    }
    return loads;
  }

  /** How many were dispatched and neither ended nor were adopted since. */
  int dispatched() {
    return dispatched.size();
  }

  int size() {
    return work.size();
  }

  private void forget(Id id) {
    OpenWork before = work.remove(id);
    if (before == null) {
      return;
    }
    dispatched.remove(id);
    reportedAt.remove(id);
    String worker = before.worker();
    Map<Id, OpenWork> held = worker == null ? null : byWorker.get(worker);
    if (worker != null && held != null) {
      held.remove(id);
      if (held.isEmpty()) {
        byWorker.remove(worker);
      }
    }
  }

  private static OpenWork item(
      String runId, String workflow, Entry.OpenExecution e, @Nullable String worker) {
    return new OpenWork(
        runId,
        workflow,
        e.step(),
        e.event().type(),
        e.token(),
        e.sequence(),
        worker,
        e.since().toEpochMilli());
  }
}
