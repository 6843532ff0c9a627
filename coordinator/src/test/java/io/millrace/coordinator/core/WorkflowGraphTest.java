package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowGraphTest {
  @Test
  void S9_who_validates_finds_the_workflows_that_have_steps() {
    WorkflowGraph graph =
        WorkflowGraph.of(List.of(step("first").accepts("Begin").build()), Limits.ofDefaults());

    assertThat(graph.workflows()).containsExactly(StepBuilder.WORKFLOW);
    assertThat(graph.knows(StepBuilder.WORKFLOW)).isTrue();
    assertThat(graph.knows("another")).isFalse();
  }

  @Test
  void law_14_the_highest_version_of_a_step_counts_and_of_equal_ones_the_newest() {
    StepSpec old = step("first").version(1).accepts("Old").build();
    StepSpec high = step("first").version(2).accepts("High").build();
    StepSpec newest = step("first").version(2).accepts("Newest").build();

    assertThat(accepted(old, high)).isEqualTo("High");
    assertThat(accepted(high, old)).isEqualTo("High");
    assertThat(accepted(high, newest)).isEqualTo("Newest");
  }

  @Test
  void law_14_other_steps_of_one_workflow_leave_the_others_as_they_were() {
    StepSpec old = step("first").version(1).accepts("Old").build();
    StepSpec high = step("first").version(2).accepts("High").build();
    StepSpec other = step("second").accepts("Begin").build();
    WorkflowGraph before = WorkflowGraph.of(List.of(old), Limits.ofDefaults(), true);

    WorkflowGraph after = before.with("bakery", List.of(other)).with("mill", List.of(high, old));

    assertThat(after.workflows()).containsExactly("bakery", StepBuilder.WORKFLOW);
    assertThat(after.steps("mill")).containsExactly(high);
    assertThat(after.steps("bakery")).containsExactly(other);
    assertThat(after.problems("mill"))
        .isEqualTo(WorkflowGraph.of(List.of(high), Limits.ofDefaults()).problems("mill"))
        .isNotEmpty();
    assertThat(after.mayStart("mill")).isFalse();
    assertThat(before.steps("mill")).containsExactly(old);
  }

  @Test
  void law_14_a_workflow_without_steps_is_unknown() {
    StepSpec only = step("first").accepts("Begin").build();
    WorkflowGraph graph = WorkflowGraph.of(List.of(only), Limits.ofDefaults());

    assertThat(graph.with("mill", List.of()).knows("mill")).isFalse();
  }

  @Test
  void R6_a_run_whose_steps_take_what_none_of_them_emits_waits_for_the_outside() {
    RunFixture run =
        new RunFixture(null, step("first").accepts("Begin"), step("other").accepts("Parcel"));
    run.complete(target(run.start(), "first"));

    assertThat(run.fireGraceOut()).isEmpty();
    assertThat(run.inspect().status()).isEqualTo("WAITING");
  }

  @Test
  void R6_what_a_failure_handler_takes_never_comes_from_the_outside() {
    RunFixture run =
        new RunFixture(null, step("first").accepts("Begin"), step("rescue").catches(1, "*"));
    run.complete(target(run.start(), "first"));

    run.fireGraceOut();

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.STALLED);
  }

  private static String accepted(StepSpec... steps) {
    WorkflowGraph graph = WorkflowGraph.of(List.of(steps), Limits.ofDefaults());
    StepSpec step = RunFixture.there(graph.step(StepBuilder.WORKFLOW, "first"));
    return step.accepts().keySet().iterator().next();
  }
}
