package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.there;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.RunState.Load;
import io.millrace.coordinator.core.RunState.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Law 18: a transition that leaves what cannot be is not made; its input is to blame. */
class InvariantsTest {
  private static final RunInput NO_REQUEST = new RunInput.TimerFired("t", 1);

  private final RunFixture run = new RunFixture(null, step("first").accepts("Begin"));
  private final List<RunEffect> start = run.start();
  private final Target first = target(start, "first");
  private final Running before = run.running();

  @Test
  void law_18_no_counter_falls_below_zero() {
    refuses("a counter is wrong", head -> head.suspended = -1);
    refuses("a counter is wrong", head -> head.parked = -1);
    refuses("a counter is wrong", head -> head.prompts = -1);
    refuses("a counter is wrong", head -> head.chunks = -1);
    refuses("a counter is wrong", head -> head.buffered = -1);
    refuses("a counter is wrong", head -> head.contending = -1);
    refuses("a counter is wrong", head -> head.fanOuts = -1);
    refuses("a counter is wrong", head -> head.stateBytes = -1);
    refuses("a load is negative", head -> head.loads.put("first", new Load(-1, 2)));
    refuses("a load is negative", head -> head.loads.put("first", new Load(2, -1)));
  }

  @Test
  void law_18_only_what_is_open_is_suspended_and_all_else_has_or_wants_a_place() {
    refuses("a counter is wrong", head -> head.suspended = 2);
    refuses("loads and open executions differ", head -> head.open = 2);
    refuses("loads and open executions differ", head -> head.suspended = 1);
    refuses("loads and open executions differ", head -> head.loads.put("first", new Load(1, 1)));
  }

  @Test
  void law_18_a_step_may_have_no_place_for_those_that_wait_for_one() {
    allows(head -> head.loads.put("first", new Load(0, 1)));
  }

  @Test
  void law_17_a_fan_out_is_open_as_long_as_something_is_in_it_and_no_longer() {
    refuses("a fan-out is open with nothing in it", head -> idle(head).fanOuts = 1);
    allows(head -> head.fanOuts = 1);
    allows(head -> idle(head, 1).prompts = 1);
    allows(head -> idle(head, 1).early = 1);
    allows(
        head -> {
          idle(head, 1).parked = 1;
          head.graceDue = run.now;
        });
  }

  private LiveRun idle(LiveRun head) {
    return idle(head, 0);
  }

  private LiveRun idle(LiveRun head, int fanOuts) {
    head.open = 0;
    head.loads.clear();
    head.quietSince = run.now;
    head.fanOuts = fanOuts;
    return head;
  }

  @Test
  void law_15_who_waits_to_update_waits_for_somebody() {
    refuses("nobody's turn to update", head -> head.contending = 1);
  }

  @Test
  void law_14_a_run_works_when_it_is_admitted_and_not_before() {
    refuses("a run works before it is admitted", head -> head.admitted = false);
    refuses("a start is unanswered", head -> head.awaitVerdict(run.request()));
  }

  @Test
  void R6_nothing_is_left_to_wait_for_ever() {
    refuses(
        "not quiet",
        head -> {
          head.open = 0;
          head.loads.clear();
        });
    refuses("nobody will look at what is parked", head -> head.parked = 1);
  }

  @Test
  void law_18_neither_time_nor_the_sequence_goes_back() {
    LiveRun later = live();
    later.notBefore(run.now.plusMillis(1));
    broken("time went back", () -> check(later.head(), NO_REQUEST, before));
    LiveRun further = live();
    further.next();
    broken("sequence went back", () -> check(further.head(), NO_REQUEST, before));
  }

  @Test
  void law_18_settings_stay_and_an_epoch_ends_with_an_outcome() {
    RunFixture other = new RunFixture(null, step("first").accepts("Begin"));
    other.apply(other.startInput(Duration.ofHours(1), false));
    broken("settings were changed", () -> check(before, NO_REQUEST, other.running()));
    run.apply(failure(first, false));
    run.apply(new RunInput.RedriveRun(run.request(), null));
    broken("an epoch ended without an outcome", () -> check(before, NO_REQUEST, run.running()));
  }

  @Test
  void R3_an_ended_run_changes_by_a_redrive_of_its_failure_alone() {
    RunInput redrive = new RunInput.RedriveRun(null, null);
    run.apply(failure(first, false));
    RunState failed = run.store.state();
    run.apply(new RunInput.RedriveRun(run.request(), null));
    Running next = run.running();
    run.apply(new RunInput.CancelRun(null, ""));

    assertThatCode(() -> check(failed, redrive, next)).doesNotThrowAnyException();
    broken("an ended run was changed", () -> check(failed, NO_REQUEST, next));
    broken("an ended run was changed", () -> check(run.store.state(), redrive, next));
    broken("an ended run was changed", () -> check(failed, redrive, run.store.state()));
  }

  @Test
  void law_16_a_redriven_run_goes_on_where_it_ended_in_the_very_next_epoch() {
    RunInput redrive = new RunInput.RedriveRun(null, null);
    run.apply(failure(first, false));
    RunState.Finished failed = (RunState.Finished) run.store.state();
    run.apply(new RunInput.RedriveRun(run.request(), null));
    Running next = run.running();
    long sequence = next.nextSequence();

    assertThatCode(() -> check(ended(failed, sequence, next.lastAt()), redrive, next))
        .doesNotThrowAnyException();
    String changed = "an ended run was changed";
    broken(changed, () -> check(ended(failed, sequence + 1, next.lastAt()), redrive, next));
    Instant later = next.lastAt().plusMillis(1);
    broken(changed, () -> check(ended(failed, sequence, later), redrive, next));
    broken(changed, () -> check(failed, redrive, there(failed.frozen())));
  }

  private static RunState ended(RunState.Finished end, long sequence, Instant at) {
    return new RunState.Finished(end.settings(), end.outcome(), sequence, at, end.frozen());
  }

  @Test
  void R4_an_end_has_one_outcome_and_an_outcome_has_an_end() {
    run.complete(first, emit("Done"));
    RunState ended = run.store.state();
    RunEffect end = new RunEffect.EndRun(run.outcome());
    String differ = "outcomes and ends differ";

    assertThatCode(() -> check(before, NO_REQUEST, ended, end)).doesNotThrowAnyException();
    broken(differ, () -> check(before, NO_REQUEST, ended));
    broken(differ, () -> check(before, NO_REQUEST, ended, end, end));
    broken(differ, () -> check(before, NO_REQUEST, before, end));
    broken(differ, () -> check(ended, NO_REQUEST, ended, end));
  }

  @Test
  void R3_no_work_is_sent_for_a_run_that_is_over() {
    RunEffect dispatch = RunFixture.dispatches(start).get(0);
    run.complete(first, emit("Done"));
    RunEffect end = new RunEffect.EndRun(run.outcome());

    broken(
        "work was sent for a run that is over",
        () -> check(before, NO_REQUEST, run.store.state(), end, dispatch));
  }

  @Test
  void law_9_whoever_asked_is_answered_or_will_be() {
    Request asked = run.request();
    Answer answer = new Answer.EventAccepted(false);
    RunEffect toAnother = new RunEffect.Reply(run.request(), RunFixture.RUN, answer, null);
    RunInput.StartRun again = run.startInput();
    List<RunInput> inputs =
        List.of(
            again,
            new RunInput.ExternalEvent(asked, run.event("Reply"), null),
            new RunInput.CancelRun(asked, ""),
            new RunInput.InspectRun(asked),
            new RunInput.RedriveRun(asked, null));
    for (RunInput input : inputs) {
      broken("request", () -> check(before, input, before));
      broken("request", () -> check(before, input, before, toAnother));
    }
    RunFixture waiting = new RunFixture(null);
    waiting.apply(again);
    assertThatCode(() -> check(new RunState.Absent(), again, waiting.running()))
        .doesNotThrowAnyException();
  }

  private void refuses(String what, Consumer<LiveRun> change) {
    LiveRun live = live();
    change.accept(live);
    broken(what, () -> check(before, NO_REQUEST, live.head()));
  }

  private void allows(Consumer<LiveRun> change) {
    LiveRun live = live();
    change.accept(live);
    assertThatCode(() -> check(before, NO_REQUEST, live.head())).doesNotThrowAnyException();
  }

  private LiveRun live() {
    return LiveRun.of(new Turn(run.graph(), run.store, new Arrival(9, run.now)), run.running());
  }

  private static void check(RunState before, RunInput input, RunState after, RunEffect... effects) {
    Invariants.check(before, input, after, List.of(effects));
  }

  private static void broken(String what, ThrowingCallable check) {
    assertThatThrownBy(check)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("invariant broken: " + what);
  }
}
