package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.index.ListedRun;
import io.millrace.coordinator.index.RunFilter;
import io.millrace.coordinator.index.RunPage;
import io.millrace.coordinator.index.RunPlace;
import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunArrivalsTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private final Map<String, ListedRun> runs = new LinkedHashMap<>();
  private final RunArrivals arrivals = new RunArrivals("mill", this::page);

  @Test
  void at_first_those_under_way_arrive_and_no_run_that_has_ended() {
    run("old", RunStatus.WAITING, -86_400, 1);
    run("ended", RunStatus.COMPLETED, -2, 1);
    run("young", RunStatus.RUNNING, -1, 1);

    assertThat(arrived()).containsExactly("old", "young");
    assertThat(arrived()).isEmpty();
  }

  @Test
  void a_run_that_starts_arrives_once_also_if_it_has_ended_by_then() {
    run("first", RunStatus.RUNNING, 0, 1);
    arrivals.next();

    run("quick", RunStatus.COMPLETED, 5, 1);
    run("slow", RunStatus.RUNNING, 6, 1);

    assertThat(arrived()).containsExactly("quick", "slow");
    run("slow", RunStatus.FAILED, 6, 1);
    assertThat(arrived()).isEmpty();
  }

  @Test
  void a_run_that_becomes_visible_late_arrives_though_a_later_one_was_seen() {
    arrivals.next();
    run("second", RunStatus.COMPLETED, 10, 1);
    assertThat(arrived()).containsExactly("second");

    run("first", RunStatus.COMPLETED, 9, 1);

    assertThat(arrived()).containsExactly("first");
  }

  @Test
  void a_redriven_run_arrives_again_however_old_it_is() {
    run("young", RunStatus.COMPLETED, 0, 1);
    run("failed", RunStatus.FAILED, -86_400, 1);
    arrivals.next();

    run("failed", RunStatus.RUNNING, -86_400, 2);

    assertThat(arrived()).containsExactly("failed");
    assertThat(arrived()).isEmpty();
  }

  private List<String> arrived() {
    return arrivals.next().stream().map(ListedRun::runId).toList();
  }

  private void run(String id, RunStatus status, int seconds, int epoch) {
    Instant started = NOON.plusSeconds(seconds);
    boolean ended = status != RunStatus.RUNNING && status != RunStatus.WAITING;
    runs.put(
        id,
        new ListedRun(
            id,
            "mill",
            status,
            epoch,
            started,
            ended ? Optional.of(started.plusSeconds(1)) : Optional.empty()));
  }

  /** A page of one run, so that there are several. */
  private RunPage page(RunFilter filter, Optional<RunPlace> after, int limit) {
    List<ListedRun> found =
        runs.values().stream()
            .filter(run -> filter.statuses().isEmpty() || filter.statuses().contains(run.status()))
            .filter(run -> filter.startedFrom().map(f -> !run.startedAt().isBefore(f)).orElse(true))
            .filter(run -> after.map(a -> place(run).compareTo(a) > 0).orElse(true))
            .sorted(Comparator.comparing(RunArrivalsTest::place))
            .toList();
    return found.isEmpty()
        ? new RunPage(List.of(), Optional.empty())
        : new RunPage(found.subList(0, 1), Optional.of(place(found.get(0))));
  }

  private static RunPlace place(ListedRun run) {
    return new RunPlace(run.startedAt(), run.runId());
  }
}
