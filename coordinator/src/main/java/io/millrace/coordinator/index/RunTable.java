package io.millrace.coordinator.index;

import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.Standing;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The heads of runs in memory, some 300 bytes each, in the order of lists. Thread-safe. */
final class RunTable {
  /** What a list needs of a head; the standing is null when the run has ended. */
  private record Row(
      String workflow,
      int epoch,
      @Nullable Standing standing,
      RunStatus ended,
      @Nullable Instant endedAt) {}

  private final Supplier<WorkflowGraph> graph;

  /** What runs are counted by. */
  private record Kind(String workflow, @Nullable Standing standing, RunStatus ended) {
    static Kind of(Row row) {
      return new Kind(row.workflow(), row.standing(), row.ended());
    }
  }

  private final Map<String, RunPlace> places = new HashMap<>();
  private final NavigableMap<RunPlace, Row> rows = new TreeMap<>();
  private final Map<Kind, Integer> counts = new HashMap<>();

  RunTable(Supplier<WorkflowGraph> graph) {
    this.graph = graph;
  }

  synchronized void put(String runId, RunState head) {
    if (head instanceof RunState.Running running) {
      put(
          new RunPlace(running.settings().startedAt(), runId),
          new Row(
              running.settings().workflow().intern(),
              running.epoch(),
              Standing.of(running),
              RunStatus.UNKNOWN,
              null));
    } else if (head instanceof RunState.Finished finished) {
      Outcome outcome = finished.outcome();
      put(
          new RunPlace(finished.settings().startedAt(), runId),
          new Row(
              finished.settings().workflow().intern(),
              outcome.epoch(),
              null,
              RunStatus.valueOf(outcome.status().name()),
              outcome.endedAt()));
    }
  }

  private void put(RunPlace place, Row row) {
    remove(place.runId());
    places.put(place.runId(), place);
    rows.put(place, row);
    counts.merge(Kind.of(row), 1, Integer::sum);
  }

  synchronized void remove(String runId) {
    RunPlace place = places.remove(runId);
    if (place != null) {
      counts.computeIfPresent(
          Kind.of(rows.remove(place)), (kind, count) -> count > 1 ? count - 1 : null);
    }
  }

  synchronized void clear() {
    places.clear();
    rows.clear();
    counts.clear();
  }

  /** How many runs there are, by workflow and status. */
  synchronized Map<String, Map<RunStatus, Integer>> count() {
    WorkflowGraph now = graph.get();
    Map<String, Map<RunStatus, Integer>> all = new TreeMap<>();
    counts.forEach(
        (kind, count) ->
            all.computeIfAbsent(kind.workflow(), name -> new EnumMap<>(RunStatus.class))
                .merge(
                    status(kind.workflow(), kind.standing(), kind.ended(), now),
                    count,
                    Integer::sum));
    return all;
  }

  /** The run's workflow, if it has not ended. */
  synchronized @Nullable String workflowWhileRunning(String runId) {
    RunPlace place = places.get(runId);
    Row row = place == null ? null : rows.get(place);
    return row == null || row.standing() == null ? null : row.workflow();
  }

  synchronized RunPage page(RunFilter filter, Optional<RunPlace> after, int limit) {
    WorkflowGraph now = graph.get();
    List<ListedRun> page = new ArrayList<>();
    for (Map.Entry<RunPlace, Row> entry : begin(filter, after).entrySet()) {
      ListedRun run = listed(entry.getKey(), entry.getValue(), now);
      if (filter.startedFrom().map(run.startedAt()::isBefore).orElse(false)) {
        break;
      }
      if (filter.admits(run)) {
        if (page.size() == limit) {
          ListedRun last = page.get(limit - 1);
          return new RunPage(page, Optional.of(new RunPlace(last.startedAt(), last.runId())));
        }
        page.add(run);
      }
    }
    return new RunPage(page, Optional.empty());
  }

  /** Nothing that is too new is looked at. */
  private NavigableMap<RunPlace, Row> begin(RunFilter filter, Optional<RunPlace> after) {
    NavigableMap<RunPlace, Row> from =
        filter
            .startedBefore()
            .map(before -> rows.tailMap(new RunPlace(before, ""), true))
            .orElse(rows);
    return after
        .filter(place -> from.isEmpty() || place.compareTo(from.firstKey()) >= 0)
        .map(place -> rows.tailMap(place, false))
        .orElse(from);
  }

  private static ListedRun listed(RunPlace place, Row row, WorkflowGraph graph) {
    return new ListedRun(
        place.runId(),
        row.workflow(),
        status(row.workflow(), row.standing(), row.ended(), graph),
        row.epoch(),
        place.startedAt(),
        Optional.ofNullable(row.endedAt()));
  }

  private static RunStatus status(
      String workflow, @Nullable Standing standing, RunStatus ended, WorkflowGraph graph) {
    if (standing == null) {
      return ended;
    }
    return standing.waits(workflow, graph) ? RunStatus.WAITING : RunStatus.RUNNING;
  }
}
