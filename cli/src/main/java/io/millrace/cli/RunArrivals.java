package io.millrace.cli;

import io.millrace.coordinator.index.ListedRun;
import io.millrace.coordinator.index.RunFilter;
import io.millrace.coordinator.index.RunPage;
import io.millrace.coordinator.index.RunPlace;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a workflow are new since one looked last: at first those that are under way, then
 * each that starts or is redriven, also if it has ended by then. Not thread-safe.
 */
final class RunArrivals {
  private static final Set<RunStatus> UNDER_WAY = Set.of(RunStatus.RUNNING, RunStatus.WAITING);
  private static final int PAGE = 500;

  /** Runs of two partitions may become visible in another order than they started in. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  /** {@link io.millrace.coordinator.index.RunIndex#page} in earnest. */
  interface Pages {
    RunPage page(RunFilter filter, Optional<RunPlace> after, int limit);
  }

  private final String workflow;
  private final Pages pages;

  /** The epoch in which a run was told of; no longer than it may come up again. */
  private final Map<String, Integer> told = new HashMap<>();

  private @Nullable Instant newest;

  RunArrivals(String workflow, Pages pages) {
    this.workflow = workflow;
    this.pages = pages;
  }

  /** Oldest first. */
  List<ListedRun> next() {
    Instant begin = newest;
    if (begin == null) {
      begin = newestStart();
      recent(begin).stream().filter(run -> run.endedAt().isPresent()).forEach(this::isNew);
    }
    List<ListedRun> runs = recent(begin);
    runs.addAll(all(Optional.empty(), UNDER_WAY));
    List<ListedRun> arrived =
        runs.stream()
            .filter(this::isNew)
            .sorted(Comparator.comparing(ListedRun::startedAt))
            .toList();
    told.keySet().retainAll(runs.stream().map(ListedRun::runId).toList());
    for (ListedRun run : runs) {
      begin = run.startedAt().isAfter(begin) ? run.startedAt() : begin;
    }
    newest = begin;
    return arrived;
  }

  private boolean isNew(ListedRun run) {
    Integer before = told.put(run.runId(), run.epoch());
    return before == null || before != run.epoch();
  }

  private Instant newestStart() {
    RunPage first = pages.page(filter(Optional.empty(), Set.of()), Optional.empty(), 1);
    return first.runs().isEmpty() ? Instant.EPOCH : first.runs().get(0).startedAt();
  }

  private List<ListedRun> recent(Instant newestStart) {
    return all(Optional.of(newestStart.minus(OVERLAP)), Set.of());
  }

  private List<ListedRun> all(Optional<Instant> from, Set<RunStatus> statuses) {
    List<ListedRun> runs = new ArrayList<>();
    Optional<RunPlace> after = Optional.empty();
    do {
      RunPage page = pages.page(filter(from, statuses), after, PAGE);
      runs.addAll(page.runs());
      after = page.next();
    } while (after.isPresent());
    return runs;
  }

  private RunFilter filter(Optional<Instant> from, Set<RunStatus> statuses) {
    return new RunFilter(Optional.of(workflow), statuses, from, Optional.empty());
  }
}
