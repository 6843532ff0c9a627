package io.millrace.coordinator.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunTableTest {
  private final RunTable table =
      new RunTable(() -> WorkflowGraph.of(List.of(), Limits.ofDefaults()));

  @Test
  void runs_are_listed_newest_first_and_those_of_one_instant_by_id() {
    table.put("old", running("w", 1, 1));
    table.put("b", running("w", 5, 1));
    table.put("a", running("w", 5, 1));

    assertThat(ids(table.page(RunFilter.ALL, Optional.empty(), 10)))
        .containsExactly("a", "b", "old");
  }

  @Test
  void pages_follow_each_other_without_gap_or_repeat_while_runs_come_and_go() {
    for (int i = 0; i < 10; i++) {
      table.put("r" + i, running("w", i / 2, 1));
    }
    List<String> read = new ArrayList<>();
    Optional<RunPlace> after = Optional.empty();
    do {
      RunPage page = table.page(RunFilter.ALL, after, 3);
      read.addAll(ids(page));
      after = page.next();
      table.put("new" + read.size(), running("w", 100, 1));
      table.remove(read.get(read.size() - 1));
    } while (after.isPresent());

    assertThat(read).containsExactly("r8", "r9", "r6", "r7", "r4", "r5", "r2", "r3", "r0", "r1");
  }

  @Test
  void filters_hold_together() {
    table.put("a", running("w", 1, 1));
    table.put("b", finished("w", 2, Outcome.Status.FAILED));
    table.put("c", finished("v", 3, Outcome.Status.FAILED));
    table.put("d", finished("w", 4, Outcome.Status.COMPLETED));
    table.put("e", running("w", 5, 0));

    assertThat(list("w", Set.of(), 0, 9)).containsExactly("e", "d", "b", "a");
    assertThat(list("w", Set.of(RunStatus.FAILED, RunStatus.COMPLETED), 0, 9))
        .containsExactly("d", "b");
    assertThat(list("w", Set.of(), 2, 4)).containsExactly("b");
    assertThat(list("w", Set.of(RunStatus.WAITING), 0, 9)).containsExactly("e");
    assertThat(list("w", Set.of(RunStatus.RUNNING), 0, 9)).containsExactly("a");
  }

  @Test
  void a_later_head_takes_the_place_of_the_one_before() {
    table.put("a", running("w", 1, 1));
    table.put("a", finished("w", 1, Outcome.Status.CANCELLED));

    RunPage page = table.page(RunFilter.ALL, Optional.empty(), 10);
    assertThat(page.runs()).hasSize(1);
    assertThat(page.runs().get(0).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(page.runs().get(0).endedAt()).contains(at(9));
    table.remove("a");
    assertThat(ids(table.page(RunFilter.ALL, Optional.empty(), 10))).isEmpty();
  }

  @Test
  void runs_are_counted_by_workflow_and_status_while_they_come_change_and_go() {
    table.put("a", running("w", 1, 1));
    table.put("b", running("w", 2, 0));
    table.put("c", running("w", 3, 1));
    table.put("d", finished("v", 4, Outcome.Status.FAILED));
    table.put("a", finished("w", 1, Outcome.Status.COMPLETED));
    table.remove("c");
    table.remove("c");

    assertThat(table.count())
        .isEqualTo(
            Map.of(
                "w", Map.of(RunStatus.WAITING, 1, RunStatus.COMPLETED, 1),
                "v", Map.of(RunStatus.FAILED, 1)));
    assertThat(table.workflowWhileRunning("b")).isEqualTo("w");
    assertThat(table.workflowWhileRunning("a")).isNull();
    assertThat(table.workflowWhileRunning("c")).isNull();
    table.clear();
    assertThat(table.count()).isEmpty();
  }

  private List<String> list(String workflow, Set<RunStatus> statuses, long from, long before) {
    RunFilter filter =
        new RunFilter(
            Optional.of(workflow), statuses, Optional.of(at(from)), Optional.of(at(before)));
    return ids(table.page(filter, Optional.empty(), 10));
  }

  private static List<String> ids(RunPage page) {
    return page.runs().stream().map(ListedRun::runId).toList();
  }

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  private static Entry.RunSettings settings(String workflow, long started) {
    return new Entry.RunSettings(workflow, "l", "d", at(started), null, false, false, List.of());
  }

  /**
   * @param active executions that are open; without any the run waits for an answer
   */
  private static RunState running(String workflow, long started, int active) {
    int prompts = active == 0 ? 1 : 0;
    return new RunState.Running(
        settings(workflow, started),
        1,
        true,
        List.of(),
        1,
        active,
        0,
        0,
        prompts,
        0,
        0,
        0,
        0,
        0,
        null,
        0,
        0,
        Map.of(),
        0,
        false,
        0,
        null,
        null,
        null,
        at(started));
  }

  private static RunState finished(String workflow, long started, Outcome.Status status) {
    Outcome outcome =
        new Outcome(
            "r",
            workflow,
            1,
            status,
            null,
            null,
            "",
            List.of(),
            List.of(),
            at(started),
            at(9),
            false,
            Map.of());
    return new RunState.Finished(settings(workflow, started), outcome, 1, at(9), null);
  }
}
