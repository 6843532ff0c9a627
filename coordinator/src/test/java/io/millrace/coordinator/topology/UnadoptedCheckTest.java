package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.Token;
import io.millrace.protocol.TaskSourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnadoptedCheckTest {
  private static final TopicPartition ONE = new TopicPartition("mill.w.Ask", 0);
  private static final TopicPartition TWO = new TopicPartition("mill.w.Ask", 1);
  private static final OpenWork WORK =
      new OpenWork("run", "w", "s", "Ask", new Token("x", 1, 0, 9), 5, null, 0);

  private final UnadoptedWatch watch = new UnadoptedWatch();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final List<RunInput> appended = new ArrayList<>();
  private final List<UnadoptedCheck.StepGroup> asked = new ArrayList<>();
  private TaskSourceKind kind = TaskSourceKind.GROUP;
  private final Set<String> refused = new HashSet<>();
  private int questions;
  private final UnadoptedCheck check =
      new UnadoptedCheck(
          watch, new FakeOffsets(), new FakeNames(), (runId, input) -> appended.add(input));

  @Test
  void nothing_is_asked_while_nothing_waits() {
    check.run(0);

    assertThat(questions).isZero();
  }

  @Test
  void work_still_queued_is_never_lost() {
    ends.put(ONE, 10L);
    ends.put(TWO, 4L);
    committed.put(ONE, 10L);
    committed.put(TWO, 3L);
    watch.watch("0_0", List.of(WORK));

    for (long now = 0; now < 1_000_000; now += 1_000) {
      check.run(now);
    }

    assertThat(appended).isEmpty();
  }

  @Test
  void law_4_work_whose_group_consumed_past_it_is_lost_a_little_later_and_told_again() {
    ends.put(ONE, 10L);
    watch.watch("0_0", List.of(WORK));
    check.run(0);
    ends.put(ONE, 20L); // later dispatches do not move the mark
    committed.put(ONE, 10L);

    check.run(1_000);
    assertThat(appended).isEmpty();
    check.run(3_000);
    assertThat(appended).containsExactly(new RunInput.WorkerLost(WORK.token(), 5, null, reason()));
    check.run(4_000);
    assertThat(appended).hasSize(1);
    check.run(8_000);

    assertThat(appended).hasSize(2);
  }

  @Test
  void work_that_was_adopted_meanwhile_is_left_alone() {
    committed.put(ONE, 10L);
    ends.put(ONE, 10L);
    watch.watch("0_0", List.of(WORK));
    check.run(0);
    watch.watch("0_0", List.of());

    check.run(60_000);

    assertThat(appended).isEmpty();
  }

  @Test
  void law_4_a_group_that_may_not_be_asked_hides_no_other_groups_lost_work() {
    OpenWork other = new OpenWork("run", "w", "a", "Ask", new Token("y", 1, 0, 9), 6, null, 0);
    refused.add("mill.w.a");
    ends.put(ONE, 10L);
    committed.put(ONE, 10L);
    watch.watch("0_0", List.of(other, WORK));

    check.run(0);
    check.run(3_000);
    assertThat(appended).containsExactly(new RunInput.WorkerLost(WORK.token(), 5, null, reason()));
    refused.clear();
    ends.put(ONE, 20L); // its mark is that of when it was first seen
    check.run(4_000);
    check.run(6_000);

    assertThat(appended).contains(new RunInput.WorkerLost(other.token(), 6, null, reason()));
  }

  @Test
  void a_step_that_shares_its_records_is_asked_for_as_a_share_group() {
    kind = TaskSourceKind.SHARE;
    ends.put(ONE, 10L);
    watch.watch("0_0", List.of(WORK));

    check.run(0);

    assertThat(asked)
        .containsExactly(new UnadoptedCheck.StepGroup("mill.w.s", TaskSourceKind.SHARE));
  }

  private String reason() {
    return ((RunInput.WorkerLost) appended.get(0)).reason();
  }

  private final class FakeOffsets implements UnadoptedCheck.Offsets {
    @Override
    public Map<TopicPartition, Long> ends(List<String> topics) {
      questions++;
      return Map.copyOf(ends);
    }

    @Override
    public Map<TopicPartition, Long> consumed(UnadoptedCheck.StepGroup group) {
      asked.add(group);
      questions++;
      if (refused.contains(group.id())) {
        throw new GroupAuthorizationException(group.id());
      }
      return Map.copyOf(committed);
    }
  }

  private final class FakeNames implements UnadoptedCheck.Names {
    @Override
    public UnadoptedCheck.@Nullable StepGroup group(String workflow, String step) {
      return new UnadoptedCheck.StepGroup("mill." + workflow + "." + step, kind);
    }

    @Override
    public String topic(String workflow, String eventType) {
      return "mill." + workflow + "." + eventType;
    }
  }
}
