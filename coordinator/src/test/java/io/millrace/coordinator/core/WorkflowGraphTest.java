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
