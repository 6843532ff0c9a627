package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.Lineage;
import io.millrace.coordinator.metrics.StepLoad;
import io.millrace.coordinator.metrics.StepName;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenIndexTest {
  private final OpenIndex index = new OpenIndex();

  @Test
  void law_4_a_long_line_before_one_step_hides_no_other_steps_work() {
    for (int i = 0; i < 5; i++) {
      dispatched("slow-" + i, "slow", 100);
    }
    dispatched("lost", "other", 200);

    assertThat(index.unadopted(1_000, 3))
        .extracting(OpenWork::step)
        .containsExactly("slow", "slow", "slow", "other");
  }

  @Test
  void law_4_work_that_is_young_hides_no_older_work_behind_it() {
    dispatched("young", "s", 900);
    dispatched("old", "s", 100);

    assertThat(index.unadopted(500, 3))
        .extracting(work -> work.token().executionId())
        .containsExactly("old");
  }

  @Test
  void the_backlog_of_a_step_is_what_nobody_has_adopted_and_is_as_old_as_its_oldest() {
    dispatched("young", "slow", 900);
    dispatched("old", "slow", 100);
    dispatched("other", "quick", 300);

    assertThat(index.loads())
        .containsOnly(
            Map.entry(new StepName("w", "slow"), new StepLoad(2, 0, 100)),
            Map.entry(new StepName("w", "quick"), new StepLoad(1, 0, 300)));

    index.changed("run", "w", "old", null);

    assertThat(index.loads()).containsEntry(new StepName("w", "slow"), new StepLoad(1, 0, 900));
  }

  private void dispatched(String id, String step, long sinceMillis) {
    Instant since = Instant.ofEpochMilli(sinceMillis);
    Event event = new Event("e", "Ask", EventKind.EVENT, Bytes.EMPTY, null);
    index.changed(
        "run",
        "w",
        id,
        new Entry.OpenExecution(
            id,
            step,
            event,
            Entry.Phase.DISPATCHED,
            1,
            0,
            7,
            null,
            0,
            0,
            0,
            1,
            since,
            since,
            null,
            Lineage.ROOT,
            Entry.Input.EVENT));
  }
}
