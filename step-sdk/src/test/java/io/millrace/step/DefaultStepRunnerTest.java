package io.millrace.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.CollectSpec;
import io.millrace.Collected;
import io.millrace.Event;
import io.millrace.NonRetryableException;
import io.millrace.Retry;
import io.millrace.RetryInfo;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.protocol.Collect;
import io.millrace.protocol.Effect;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.FailureKind;
import io.millrace.protocol.OpenFanOut;
import io.millrace.protocol.TypeRun;
import io.millrace.step.RunnerFixture.Streamed;
import io.millrace.step.TryResult.Completed;
import io.millrace.step.TryResult.Failed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class DefaultStepRunnerTest {
  sealed interface Input extends Event permits A, B {}

  record A(int n) implements Input {}

  record B(int n) implements Input {}

  record Begin() implements StartEvent {}

  record Out(String text) implements Event {}

  record End(String text) implements StopEvent {}

  @FunctionalInterface
  interface Body {
    Object run(Input event, RunContext context) throws Throwable;
  }

  private static RunnerFixture step(Body body) {
    return new RunnerFixture(
        StepDefinition.named("s")
            .accepts(Input.class)
            .streams(Out.class)
            .handler((event, context) -> body.run((Input) event, context)));
  }

  @Test
  void a_returned_event_is_one_effect_whose_id_derives_from_the_execution() {
    // given
    RunnerFixture fixture = step((event, context) -> new End("done"));

    // when
    TryResult result = fixture.run(new A(1));

    // then
    assertThat(result).isEqualTo(new Completed());
    EmitEvent effect = (EmitEvent) fixture.bodies().get(0);
    assertThat(effect.getEvent().getId()).isEqualTo("x1-0");
    assertThat(effect.getEvent().getType()).isEqualTo("End");
    assertThat(effect.getEvent().getKind()).isEqualTo(EventKind.STOP);
    assertThat(effect.getToStep()).isNull();
    assertThat(effect.getFanOut()).isFalse();
    assertThat(fixture.emitted(End.class)).containsExactly(new End("done"));
  }

  @Test
  void S2_null_and_an_empty_optional_end_the_branch() {
    assertNothingEmitted(step((event, context) -> null));
    assertNothingEmitted(step((event, context) -> Optional.empty()));
  }

  private static void assertNothingEmitted(RunnerFixture fixture) {
    assertThat(fixture.run(new A(1))).isEqualTo(new Completed());
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void S2_an_optional_is_its_event() {
    // given
    RunnerFixture fixture = step((event, context) -> Optional.of(new Out("x")));

    // when
    fixture.run(new A(1));

    // then
    assertThat(fixture.emitted(Out.class)).containsExactly(new Out("x"));
  }

  @Test
  void S2_a_list_opens_a_fan_out_and_each_event_is_a_member_of_it() {
    // given
    RunnerFixture fixture = step((event, context) -> List.of(new Out("x"), new Out("y")));

    // when
    fixture.run(new A(1));

    // then
    assertThat(fixture.bodies().get(0)).isEqualTo(new OpenFanOut(2));
    assertThat(fixture.bodies().subList(1, 3))
        .allSatisfy(body -> assertThat(((EmitEvent) body).getFanOut()).isTrue());
    assertThat(fixture.emitted(Out.class)).containsExactly(new Out("x"), new Out("y"));
  }

  @Test
  void S2_an_empty_list_opens_an_empty_fan_out() {
    // given
    RunnerFixture fixture = step((event, context) -> List.of());

    // when
    fixture.run(new A(1));

    // then
    assertThat(fixture.bodies()).containsExactly(new OpenFanOut(0));
  }

  @Test
  void S4_effects_are_in_program_order_sent_events_before_the_returned_one() {
    // given
    RunnerFixture fixture =
        step(
            (event, context) -> {
              context.sendEvent(new Out("first"));
              context.state().set("k", 1);
              context.sendEvent(new Out("second"), "known");
              return new Out("last");
            });

    // when
    fixture.run(new A(1));

    // then
    assertThat(fixture.emitted(Out.class))
        .containsExactly(new Out("first"), new Out("second"), new Out("last"));
    assertThat(fixture.bodies())
        .extracting(body -> body.getClass().getSimpleName())
        .containsExactly("EmitEvent", "SetState", "EmitEvent", "EmitEvent");
    assertThat(((EmitEvent) fixture.bodies().get(2)).getToStep()).isEqualTo("known");
  }

  @Test
  void S5_sending_to_a_step_that_does_not_exist_raises_at_the_call() {
    // given
    RunnerFixture fixture =
        step(
            (event, context) -> {
              assertThatThrownBy(() -> context.sendEvent(new Out("x"), "nobody"))
                  .isInstanceOf(IllegalArgumentException.class);
              return null;
            });

    // then
    assertThat(fixture.run(new A(1))).isEqualTo(new Completed());
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void C1_collecting_offers_the_event_and_is_empty_until_the_set_is_given() {
    // given
    AtomicReference<Optional<Collected>> answer = new AtomicReference<>();
    RunnerFixture fixture =
        step(
            (event, context) -> {
              answer.set(context.collectEvents(event, A.class, B.class, B.class));
              return null;
            });

    // when
    fixture.run(new A(1));

    // then
    assertThat(answer.get()).isEmpty();
    assertThat(fixture.bodies())
        .containsExactly(
            new Collect("default", List.of(new TypeRun("A", 1), new TypeRun("B", 2)), null, false));

    // when
    fixture.effects.clear();
    fixture.collected("default", new A(1), new B(2), new B(3));
    fixture.run(new A(1));

    // then
    assertThat(answer.get().orElseThrow().all()).containsExactly(new A(1), new B(2), new B(3));
    assertThat(answer.get().orElseThrow().list(B.class)).containsExactly(new B(2), new B(3));
    assertThat(fixture.bodies())
        .containsExactly(
            new Collect("default", List.of(new TypeRun("A", 1), new TypeRun("B", 2)), null, true));
  }

  @Test
  void C1_an_empty_expectation_is_an_empty_set_at_once_without_an_effect() {
    // given
    AtomicReference<Optional<Collected>> answer = new AtomicReference<>();
    RunnerFixture fixture =
        step(
            (event, context) -> {
              answer.set(context.collectEvents(event, List.of()));
              return null;
            });

    // when
    fixture.run(new A(1));

    // then
    assertThat(answer.get().orElseThrow().all()).isEmpty();
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void collecting_twice_for_one_buffer_is_one_effect_and_one_answer() {
    // given
    List<Optional<Collected>> answers = new ArrayList<>();
    RunnerFixture fixture =
        step(
            (event, context) -> {
              answers.add(context.collectEvents(event, A.class, B.class));
              answers.add(context.collectEvents(event, List.of(A.class, B.class)));
              return null;
            });
    fixture.collected("default", new A(1), new B(2));

    // when
    fixture.run(new B(2));

    // then
    assertThat(answers).hasSize(2).allMatch(Optional::isPresent);
    assertThat(answers.get(0).get()).isSameAs(answers.get(1).get());
    assertThat(fixture.effects).hasSize(1);
  }

  @Test
  void copies_of_a_type_are_asked_for_as_any_other_list_of_it() {
    // given
    RunnerFixture fixture =
        step(
            (event, context) -> {
              context.collectEvents(event, Collections.nCopies(3, B.class));
              context.collectEvents(event, List.of(B.class, B.class, B.class));
              return null;
            });

    // when
    fixture.run(new B(2));

    // then
    assertThat(fixture.effects)
        .containsExactly(
            new Effect(new Collect("default", List.of(new TypeRun("B", 3)), null, false)));
  }

  @Test
  void asking_one_buffer_for_two_different_sets_fails_and_says_what_to_do() {
    // given
    RunnerFixture fixture =
        step(
            (event, context) -> {
              context.collectEvents(event, A.class);
              context.collectEvents(event, B.class);
              return null;
            });

    // then
    assertThat(failure(fixture.run(new A(1))).error().getMessage()).contains("inBuffer");
  }

  @Test
  void buffers_and_correlation_keys_are_told_apart() {
    // given
    RunnerFixture fixture =
        step(
            (event, context) -> {
              context.collectEvents(event, CollectSpec.of(A.class).inBuffer("one"));
              context.collectEvents(
                  event, CollectSpec.of(A.class).inBuffer("two").correlatedBy("k"));
              return null;
            });

    // when
    fixture.run(new A(1));

    // then
    assertThat(fixture.bodies())
        .containsExactly(
            new Collect("one", List.of(new TypeRun("A", 1)), null, false),
            new Collect("two", List.of(new TypeRun("A", 1)), "k", false));
  }

  @Test
  void only_the_event_of_the_execution_can_be_offered() {
    // given
    RunnerFixture fixture =
        step((event, context) -> context.collectEvents(new B(99), A.class, B.class));

    // when
    Failed failed = failure(fixture.run(new A(1)));

    // then
    assertThat(failed.error().getType()).isEqualTo(IllegalArgumentException.class.getName());
    assertThat(failed.error().getMessage()).contains("offer the event that the step was called");
  }

  @Test
  void a_set_that_can_never_be_complete_is_refused() {
    // given
    RunnerFixture fixture = step((event, context) -> context.collectEvents(event, Out.class));

    // then
    assertThat(failure(fixture.run(new A(1))).error().getMessage())
        .contains("collects Out but does not accept it");
  }

  @Test
  void the_stream_is_written_at_once_and_is_no_effect() {
    // given
    RunnerFixture fixture =
        step(
            (event, context) -> {
              context.writeEventToStream(new Out("10 %"));
              throw new IllegalStateException("after streaming");
            });

    // when
    fixture.run(new A(1));

    // then
    assertThat(fixture.streamed)
        .containsExactly(new Streamed("Out", EventKind.EVENT, new Out("10 %")));
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void E2_the_context_knows_the_run_the_attempt_and_the_last_error() {
    // given
    AtomicReference<RetryInfo> info = new AtomicReference<>();
    List<Object> seen = new ArrayList<>();
    RunnerFixture fixture =
        step(
            (event, context) -> {
              info.set(context.retryInfo());
              seen.addAll(List.of(context.runId(), context.workflow(), context.step()));
              seen.addAll(List.of(context.attempt(), context.isCancelled()));
              return null;
            });
    fixture.attempt = 2;
    fixture.cancelled = true;
    fixture.lastError = new ErrorInfo("java.io.IOException", "gone", "");

    // when
    fixture.run(new A(1));

    // then
    assertThat(seen).containsExactly("run-1", "rag", "s", 2, true);
    assertThat(info.get().attempt()).isEqualTo(2);
    assertThat(info.get().elapsed()).hasSeconds(5);
    assertThat(info.get().lastErrorType()).contains("java.io.IOException");
    assertThat(info.get().lastErrorMessage()).contains("gone");
  }

  @Test
  void effects_after_the_step_has_returned_are_refused() {
    // given
    AtomicReference<RunContext> kept = new AtomicReference<>();
    RunnerFixture fixture =
        step(
            (event, context) -> {
              kept.set(context);
              return null;
            });
    fixture.run(new A(1));
    RunContext late = kept.get();

    // then
    assertThatThrownBy(() -> late.sendEvent(new Out("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has returned");
    assertThatThrownBy(() -> late.state().set("k", 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> late.writeEventToStream(new Out("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> late.collectEvents(new A(1), A.class))
        .isInstanceOf(IllegalStateException.class);
    assertThat(fixture.effects).isEmpty();
  }

  public static final class Picky {
    @Step(
        name = "picky",
        retry =
            @Retry(
                maxAttempts = 3,
                on = {IllegalStateException.class, NonRetryableException.class},
                notOn = UnsupportedOperationException.class))
    public void handle(A event) {
      switch (event.n()) {
        case 1:
          throw new IllegalStateException("state");
        case 2:
          throw new IllegalArgumentException("argument");
        case 3:
          throw new NonRetryableException("never again");
        default:
          throw new UnsupportedOperationException("unsupported");
      }
    }
  }

  @Test
  void E1_the_retry_policy_decides_which_errors_are_tried_again() {
    RunnerFixture fixture = new RunnerFixture(new Picky());
    assertThat(failure(fixture.run(new A(1))).retryable()).isTrue();
    assertThat(failure(fixture.run(new A(2))).retryable()).isFalse();
    assertThat(failure(fixture.run(new A(3))).retryable()).isFalse();
    assertThat(failure(fixture.run(new A(4))).retryable()).isFalse();
  }

  @Test
  void an_error_of_the_step_carries_type_message_and_a_bounded_stack() {
    // given
    RunnerFixture fixture =
        step(
            (event, context) -> {
              throw new AssertionError("x".repeat(100_000));
            });

    // when
    Failed failed = failure(fixture.run(new A(1)));

    // then
    assertThat(failed.kind()).isEqualTo(FailureKind.EXCEPTION);
    assertThat(failed.error().getType()).isEqualTo("java.lang.AssertionError");
    assertThat(failed.error().getMessage()).hasSizeLessThan(5_000);
    assertThat(failed.error().getStack()).hasSizeLessThan(9_000);
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void errors_of_the_vm_are_failures_too() {
    assertThat(failure(step((event, context) -> deeper(1)).run(new A(1))).error().getType())
        .isEqualTo("java.lang.StackOverflowError");
    RunnerFixture outOfMemory =
        step(
            (event, context) -> {
              throw new OutOfMemoryError("made up");
            });
    assertThat(failure(outOfMemory.run(new A(1))).error().getType())
        .isEqualTo("java.lang.OutOfMemoryError");
  }

  private static int deeper(int n) {
    return n < 0 ? n : 1 + deeper(n + 1);
  }

  @Test
  void an_interrupt_is_told_as_one_however_it_is_wrapped() {
    // given
    RunnerFixture fixture =
        step(
            (event, context) -> {
              throw new IllegalStateException(new InterruptedException("stop"));
            });

    // then
    assertThat(failure(fixture.run(new A(1))).error().getType())
        .isEqualTo("java.lang.InterruptedException");
  }

  @Test
  void E6_an_unreadable_event_is_a_failure_of_its_own_kind() {
    // given
    RunnerFixture fixture = step((event, context) -> null);

    // when
    Failed failed = failure(fixture.run("A", "nonsense".getBytes(StandardCharsets.UTF_8)));

    // then
    assertThat(failed.kind()).isEqualTo(FailureKind.UNREADABLE_EVENT);
    assertThat(failed.retryable()).isFalse();
  }

  @Test
  void an_event_that_the_step_does_not_accept_is_unreadable_to_it() {
    // given
    RunnerFixture fixture = step((event, context) -> null);

    // when
    Failed failed = failure(fixture.run(new Out("x")));

    // then
    assertThat(failed.kind()).isEqualTo(FailureKind.UNREADABLE_EVENT);
    assertThat(failed.error().getMessage()).contains("it accepts A, B");
  }

  @Test
  void a_returned_value_that_is_no_event_fails_the_try() {
    assertThat(failure(step((event, context) -> "text").run(new A(1))).error().getType())
        .isEqualTo("io.millrace.event.NotAnEventException");
  }

  private static Failed failure(TryResult result) {
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed) result;
  }
}
