package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.WorkflowProblem.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowCheckTest {
  @Test
  void S9_a_workflow_that_leads_from_start_to_stop_is_sound() {
    assertThat(
            problems(
                step("first").accepts("Begin").emits("Work"),
                step("second").accepts("Work").emits("Done")))
        .isEmpty();
  }

  @Test
  void S9_what_humans_are_asked_and_say_is_sound() {
    assertThat(
            problems(
                step("ask").accepts("Begin").emits("Ask"),
                step("told").accepts("Reply").emits("Done")))
        .isEmpty();
  }

  @Test
  void S9_a_step_that_emits_nothing_is_an_end_by_intention() {
    assertThat(
            problems(
                step("first").accepts("Begin").emits("Work", "Done"), step("log").accepts("Work")))
        .isEmpty();
  }

  @Test
  void S9_without_a_start_or_a_stop_there_is_no_run() {
    assertThat(kinds(step("only").accepts("Reply").emits("Ask")))
        .containsExactly(Kind.NO_START, Kind.NO_STOP);
  }

  @Test
  void S9_a_stop_event_is_nobodys_to_accept() {
    assertThat(kinds(step("first").accepts("Begin").emits("Done"), step("after").accepts("Done")))
        .containsExactly(Kind.ACCEPTS_STOP);
  }

  @Test
  void S9_steps_that_feed_only_each_other_are_never_reached() {
    List<WorkflowProblem> problems =
        problems(
            step("first").accepts("Begin").emits("Done"),
            step("a").accepts("A").emits("B", "Done"),
            step("b").accepts("B").emits("A"));

    assertThat(problems).extracting(WorkflowProblem::step).containsExactly("a", "b");
    assertThat(problems).extracting(WorkflowProblem::kind).containsOnly(Kind.UNREACHABLE);
    assertThat(problems.get(0).message()).contains("step a is never reached", "[A]");
  }

  @Test
  void S9_a_loop_that_leads_nowhere_is_a_dead_end() {
    List<WorkflowProblem> problems =
        problems(
            step("first").accepts("Begin").emits("Done", "Loop"),
            step("around").accepts("Loop").emits("Loop"));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).kind()).isEqualTo(Kind.DEAD_END);
    assertThat(problems.get(0).step()).isEqualTo("around");
  }

  @Test
  void S9_an_event_that_nobody_takes_is_named_with_its_producers() {
    List<WorkflowProblem> problems = problems(step("first").accepts("Begin").emits("Done", "Lost"));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).kind()).isEqualTo(Kind.NEVER_CONSUMED);
    assertThat(problems.get(0).message()).contains("event Lost is produced by [first]");
  }

  @Test
  void S9_an_event_that_nobody_makes_is_named_with_its_takers() {
    List<WorkflowProblem> problems =
        problems(step("first").accepts("Begin", "Ghost").emits("Done"));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).kind()).isEqualTo(Kind.NEVER_PRODUCED);
    assertThat(problems.get(0).message()).contains("event Ghost is consumed by [first]");
  }

  @Test
  void S9_an_event_of_a_subtype_feeds_the_step_that_opts_in() {
    assertThat(
            problems(
                step("first").accepts("Begin").emits("Rye"),
                step("any").accepts("Grain").takesSubtypes("Rye", "Grain").emits("Done")))
        .isEmpty();
  }

  @Test
  void S9_an_event_of_a_subtype_does_not_feed_a_step_that_takes_its_types_exactly() {
    List<WorkflowProblem> problems =
        problems(
            step("first").accepts("Begin").takesSubtypes("Rye", "Grain").emits("Rye", "Done"),
            step("exact").accepts("Grain"));

    assertThat(problems)
        .extracting(WorkflowProblem::kind)
        .containsExactly(Kind.UNREACHABLE, Kind.NEVER_CONSUMED, Kind.NEVER_PRODUCED);
  }

  @Test
  void S9_a_supertype_of_nothing_that_is_emitted_is_never_produced() {
    assertThat(
            kinds(
                step("first").accepts("Begin").emits("Rye", "Done"),
                step("any").accepts("Grain", "Rock").takesSubtypes("Rye", "Grain")))
        .containsExactly(Kind.NEVER_PRODUCED);
  }

  @Test
  void S9_a_start_of_an_unsound_workflow_is_refused_once_its_deployment_had_time() {
    RunFixture run = new RunFixture(null, step("first").accepts("Begin").emits("Done", "Lost"));
    run.soundOnly();

    assertThat(RunFixture.only(run.start(), RunEffect.Reply.class)).isEmpty();
    List<RunEffect> verdict = run.fireGraceOut();

    assertThat(RunFixture.refusal(verdict)).isEqualTo(Answer.Code.INVALID_WORKFLOW);
    assertThat(((Answer.Refused) RunFixture.reply(verdict).answer()).message())
        .contains("workflow mill is not sound", "event Lost", "millrace.workflows.check");
    assertThat(run.store.state()).isEqualTo(new RunState.Absent());
  }

  @Test
  void S9_a_start_waits_until_the_workflow_is_whole() {
    RunFixture run = new RunFixture(null, step("first").accepts("Begin").emits("Done", "Lost"));
    run.soundOnly();
    run.start();

    run.deploy(step("finder").accepts("Lost"));
    run.pass(Duration.ofSeconds(1));
    List<RunEffect> verdict = run.fire(Grace.GRACE);

    assertThat(RunFixture.reply(verdict).answer()).isEqualTo(new Answer.StartAccepted(false));
    assertThat(RunFixture.target(verdict, "first")).isNotNull();
  }

  @Test
  void S9_told_otherwise_the_coordinator_starts_it_all_the_same() {
    RunFixture run = new RunFixture(null, step("first").accepts("Begin").emits("Done", "Lost"));

    assertThat(RunFixture.reply(run.start()).answer()).isEqualTo(new Answer.StartAccepted(false));
  }

  private static List<WorkflowProblem> problems(StepBuilder... steps) {
    List<StepSpec> all = Arrays.stream(steps).map(StepBuilder::build).toList();
    return WorkflowCheck.problems(all, new Subtypes(all));
  }

  private static List<Kind> kinds(StepBuilder... steps) {
    return problems(steps).stream().map(WorkflowProblem::kind).toList();
  }
}
