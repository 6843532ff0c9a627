package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Joins that a fan-out leads to by declaration fire at its end, whatever came of it (C7). */
class FanOutGraphTest {
  private static final StepBuilder JOIN = step("join").accepts("Part").joinsFanOut(0);

  @Test
  void C7_an_answer_to_a_question_asked_in_a_fan_out_leads_on_in_it() {
    StepBuilder told = step("told").accepts("Reply").emits("Part");

    assertThat(joins(step("work").accepts("Work").emits("Ask"), told)).containsExactly("join");
    assertThat(joins(step("work").accepts("Work").emits("Ask"))).isEmpty();
    assertThat(joins(step("work").accepts("Work").emits("Other"), told)).isEmpty();
    assertThat(joins(step("beside").accepts("Begin").emits("Ask"), told)).isEmpty();
  }

  @Test
  void C7_members_may_be_questions_themselves() {
    assertThat(joinsOf("Ask", step("told").accepts("Reply").emits("Part"))).containsExactly("join");
  }

  @Test
  void C7_a_set_runs_in_the_fan_out_that_all_of_its_members_come_from() {
    StepBuilder pair = step("pair").joins("Left", "Right").emits("Part");

    assertThat(joins(step("work").accepts("Work").emits("Left", "Right"), pair))
        .containsExactly("join");
    assertThat(
            joins(
                step("work").accepts("Work").emits("Left"),
                step("beside").accepts("Begin").emits("Right"),
                pair))
        .isEmpty();
  }

  @Test
  void C7_a_handler_of_a_step_in_the_fan_out_runs_in_it() {
    StepBuilder work = step("work").accepts("Work");

    assertThat(joins(work, step("rescue").catches(1, "work").emits("Part")))
        .containsExactly("join");
    assertThat(joins(work, step("rescue").catches(1, "first").emits("Part"))).isEmpty();
  }

  @Test
  void C7_a_handler_of_all_steps_runs_in_a_fan_out_that_any_step_runs_in() {
    StepBuilder rescue = step("rescue").catches(1, "*").emits("Part");

    assertThat(joins(step("work").accepts("Work"), rescue)).containsExactly("join");
    assertThat(joins(rescue)).isEmpty();
  }

  @Test
  void C7_a_join_of_a_fan_out_within_leads_on_in_the_one_around_it() {
    assertThat(
            joins(
                step("inner").accepts("Work").fansOut("Bit"),
                step("bit").accepts("Bit").emits("Part"),
                step("join").accepts("Part").emits("Sum").joinsFanOut(0),
                step("outer").accepts("Sum").joinsFanOut(0)))
        .containsExactly("outer");
  }

  /** Of a fan-out over Work. */
  private static Set<String> joins(StepBuilder... steps) {
    return joinsOf("Work", steps);
  }

  private static Set<String> joinsOf(String member, StepBuilder... steps) {
    List<StepSpec> all = new ArrayList<>();
    all.add(step("first").accepts("Begin").fansOut(member).build());
    all.add(JOIN.build());
    for (StepBuilder step : steps) {
      all.add(step.build());
    }
    WorkflowGraph graph = WorkflowGraph.of(all, Limits.ofDefaults());
    return graph.fanOutJoins(StepBuilder.WORKFLOW, "first");
  }
}
