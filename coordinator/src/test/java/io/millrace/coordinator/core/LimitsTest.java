package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.RunInput.FailureKind;
import io.millrace.coordinator.core.StateValue.Opaque;
import io.millrace.coordinator.core.StepEffect.SetState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each limit has a name, and what passes it fails by that name. */
class LimitsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** Each bound is one that no other test of this class comes near. */
  private final RunFixture run =
      new RunFixture(
              null,
              step("first").accepts("Begin").retries(3, Duration.ofSeconds(1)),
              step("work").accepts("Work").waitsFor("Reply"))
          .limits(new Limits(GRACE, DAY, DAY, 100, 200, 4, 6, 5, 10, 2));

  private final Target first = target(run.start(), "first");

  @Test
  void R10_maxEventBytes() {
    run.complete(first, new StepEffect.Emit(RunFixture.big("Work", 101), null, false));

    assertFailedBy("maxEventBytes");
  }

  @Test
  void R10_maxEventBytes_of_an_external_event() {
    List<RunEffect> effects = run.apply(run.external(RunFixture.big("Work", 101)));

    assertThat(RunFixture.refusal(effects)).isEqualTo(Answer.Code.LIMIT_EXCEEDED);
  }

  @Test
  void R10_maxStateBytes() {
    run.complete(first, new SetState("a", new Opaque(Bytes.wrap(new byte[201]))));

    assertFailedBy("maxStateBytes");
  }

  @Test
  void R10_maxOpenExecutions() {
    run.complete(first, repeat(emit("Work"), 5));

    assertFailedBy("maxOpenExecutions");
  }

  @Test
  void R10_maxOpenExecutions_of_parked_events() {
    run.complete(first, repeat(emit("Nobody"), 5));

    assertFailedBy("maxOpenExecutions (parked events)");
  }

  @Test
  void R10_maxOpenExecutions_of_a_start() {
    RunFixture small =
        new RunFixture(null, step("first").accepts("Begin"), step("other").accepts("Begin"))
            .limits(new Limits(GRACE, DAY, DAY, 100, 200, 1, 6, 5, 10, 2));

    List<RunEffect> effects = small.start();

    assertThat(RunFixture.reply(effects).answer()).isEqualTo(new Answer.StartAccepted(false));
    assertThat(RunFixture.dispatches(effects)).isEmpty();
    assertThat(small.error().message()).startsWith("maxOpenExecutions is 1");
    assertThat(small.outcome().reason()).isEqualTo("LimitExceeded: " + small.error().message());
  }

  @Test
  void R10_an_external_event_for_which_there_is_no_room_is_refused_and_the_run_goes_on() {
    run.complete(first, repeat(emit("Work"), 4));

    List<RunEffect> effects = run.apply(run.external(run.event("Work")));

    assertThat(RunFixture.refusal(effects)).isEqualTo(Answer.Code.LIMIT_EXCEEDED);
    assertThat(run.running().seen()).isZero();
  }

  @Test
  void R10_maxEffects() {
    run.complete(first, repeat(new StepEffect.RemoveState("a"), 7));

    assertFailedBy("maxEffects");
  }

  @Test
  void R10_maxSetSize() {
    run.complete(first, RunFixture.collect("Begin", "A", "A", "A", "A", "A"));

    assertFailedBy("maxSetSize");
  }

  @Test
  void R10_maxStreamEvents_of_a_completion() {
    run.apply(new RunInput.StepCompleted(first.token(), "w", "t", 0, 0, List.of(emit("Work")), 11));

    assertFailedBy("maxStreamEvents");
  }

  @Test
  void R10_maxStreamEvents_counts_what_all_attempts_wrote() {
    run.apply(failed(first, 6));
    Target again = target(run.fire(Failures.RETRY + first.token().executionId()), "first");

    run.apply(failed(again, 5));

    assertFailedBy("maxStreamEvents");
  }

  @Test
  void R10_maxStreamEvents_of_a_step_that_waits() {
    run.apply(
        new RunInput.StepSuspended(
            first.token(), "w", "t", "w0", "Reply", Map.of(), null, null, 11));

    assertFailedBy("maxStreamEvents");
    assertThat(run.inspect().waiters()).isEmpty();
  }

  @Test
  void R10_maxEarlyEvents() {
    for (int i = 0; i < 3; i++) {
      run.apply(run.external(run.event("Reply")));
    }

    assertThat(run.running().early()).isEqualTo(2);
    assertThat(run.inspect().notes())
        .anyMatch(note -> note.contains("unhandled") && note.contains("maxEarlyEvents is 2"));
  }

  private static RunInput failed(Target target, int streamed) {
    return new RunInput.StepFailed(
        target.token(), "w", "t", FailureKind.EXCEPTION, RunFixture.BOOM, true, streamed);
  }

  private static StepEffect[] repeat(StepEffect effect, int times) {
    return Collections.nCopies(times, effect).toArray(StepEffect[]::new);
  }

  private void assertFailedBy(String limit) {
    assertThat(run.error().type()).isEqualTo("LimitExceeded");
    assertThat(run.error().message()).startsWith(limit + " is ");
  }
}
