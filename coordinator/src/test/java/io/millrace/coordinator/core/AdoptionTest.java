package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.adoption;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.reason;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Reason;
import io.millrace.coordinator.core.RunEffect.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker says that it has begun. */
class AdoptionTest {
  private final RunFixture run =
      new RunFixture(null, step("first").accepts("Begin").retries(3, Duration.ofSeconds(1)));

  @Test
  void law_3_a_dispatch_that_is_adopted_after_all_is_not_repeated() {
    Target first = target(run.start(), "first");
    run.apply(run.dispatchFailed(first));

    run.apply(adoption(first, "w-1"));

    assertThat(run.ticks(Failures.RETRY + first.token().executionId())).isFalse();
    assertThat(run.execution(first).worker()).isEqualTo("w-1");
  }

  @Test
  void O2_who_asks_for_internal_events_sees_a_step_begin() {
    Target first = target(run.apply(run.startInput(null, true)), "first");

    assertThat(RunFixture.internals(run.apply(adoption(first, "w-1"))))
        .containsExactly(RunEffect.InternalKind.STEP_STARTED);
  }

  @Test
  void law_1_adopting_an_older_attempt_is_stale() {
    Target first = target(run.start(), "first");
    run.apply(failure(first, true));

    assertThat(reason(run.apply(adoption(first, "w-1")))).isEqualTo(Reason.STALE_TOKEN);
  }

  @Test
  void E3_the_newest_adopter_is_watched_and_the_first_to_complete_wins() {
    Target first = target(run.start(), "first");
    run.apply(adoption(first, "w-1"));
    run.apply(adoption(first, "w-2"));
    assertThat(run.execution(first).worker()).isEqualTo("w-2");
    assertThat(reason(run.apply(adoption(first, "w-2")))).isEqualTo(Reason.DUPLICATE);

    run.complete(first, emit("Done"));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  @Test
  void R3_adopting_what_is_no_longer_open_is_answered_with_a_cancel() {
    run.start();

    List<RunEffect> effects = run.apply(Inputs.started());

    assertThat(reason(effects)).isEqualTo(Reason.UNKNOWN_EXECUTION);
    assertThat(only(effects, RunEffect.CancelWork.class)).hasSize(1);
  }
}
