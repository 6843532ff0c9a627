package io.millrace.coordinator.index;

import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs are wanted.
 *
 * @param statuses any of these; empty: all
 * @param startedFrom this instant included
 * @param startedBefore this instant excluded
 */
public record RunFilter(
    Optional<String> workflow,
    Set<RunStatus> statuses,
    Optional<Instant> startedFrom,
    Optional<Instant> startedBefore) {
  public static final RunFilter ALL =
      new RunFilter(Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

  public RunFilter {
    statuses = Set.copyOf(statuses);
  }

  boolean admits(ListedRun run) {
    return workflow.map(run.workflow()::equals).orElse(true)
        && (statuses.isEmpty() || statuses.contains(run.status()))
        && startedFrom.map(from -> !run.startedAt().isBefore(from)).orElse(true)
        && startedBefore.map(before -> run.startedAt().isBefore(before)).orElse(true);
  }
}
