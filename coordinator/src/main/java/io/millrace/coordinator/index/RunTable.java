package io.millrace.coordinator.index;

import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.Standing;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
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
  private final Map<String, RunPlace> places = new HashMap<>();
  private final NavigableMap<RunPlace, Row> rows = new TreeMap<>();

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
  }

  synchronized void remove(String runId) {
    RunPlace place = places.remove(runId);
    if (place != null) {
      rows.remove(place);
    }
  }

  synchronized void clear() {
    places.clear();
    rows.clear();
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
    RunStatus status = row.ended();
    if (row.standing() != null) {
      status = row.standing().waits(row.workflow(), graph) ? RunStatus.WAITING : RunStatus.RUNNING;
    }
    return new ListedRun(
        place.runId(),
        row.workflow(),
        status,
        row.epoch(),
        place.startedAt(),
        Optional.ofNullable(row.endedAt()));
  }
}
