package io.millrace.coordinator.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.Lineage;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutionTableTest {
  private final ExecutionTable table = new ExecutionTable();

  @Test
  void executions_are_counted_by_workflow_step_and_phase() {
    table.put("r1", open("a", "grind", Phase.RUNNING));
    table.put("r1", open("b", "grind", Phase.RUNNING));
    table.put("r1", open("c", "bake", Phase.DISPATCHED));
    table.put("r2", open("d", "grind", Phase.RETRYING));

    assertThat(table.count(run -> "mill"))
        .isEqualTo(
            Map.of(
                "mill",
                Map.of(
                    "grind", Map.of(Phase.RUNNING, 2, Phase.RETRYING, 1),
                    "bake", Map.of(Phase.DISPATCHED, 1))));
  }

  @Test
  void an_execution_counts_once_in_its_newest_phase_and_not_when_it_is_over() {
    table.put("r1", open("a", "grind", Phase.DISPATCHED));
    table.put("r1", open("a", "grind", Phase.RUNNING));
    table.put("r1", open("b", "grind", Phase.DISPATCHED));
    table.remove("r1", "b");
    table.remove("r1", "never-there");
    table.remove("never-there", "b");

    assertThat(table.count(run -> "mill"))
        .isEqualTo(Map.of("mill", Map.of("grind", Map.of(Phase.RUNNING, 1))));
  }

  @Test
  void what_a_failed_run_has_kept_frozen_does_not_count() {
    table.put("ended", open("a", "grind", Phase.RETRYING));

    assertThat(table.count(run -> null)).isEmpty();
  }

  private static Entry.OpenExecution open(String id, String step, Phase phase) {
    Instant now = Instant.EPOCH;
    return new Entry.OpenExecution(
        id,
        step,
        new Event("e", "Flour", EventKind.EVENT, Bytes.EMPTY, null),
        phase,
        1,
        0,
        0,
        null,
        0,
        0,
        0,
        0,
        now,
        now,
        null,
        Lineage.ROOT,
        Entry.Input.EVENT);
  }
}
