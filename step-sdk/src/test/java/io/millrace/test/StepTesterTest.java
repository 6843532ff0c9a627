package io.millrace.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.CatchError;
import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepFailedEvent;
import io.millrace.WaitSpec;
import io.millrace.WaitTimeoutException;
import io.millrace.step.StepBuilder.Handler;
import io.millrace.step.StepDefinition;
import io.millrace.test.StepTest.Operation;
import io.millrace.test.StepTest.StateWrite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class StepTesterTest {
  record In(int n) implements Event {}

  record Out(String text) implements Event {}

  private static StepTester step(Handler<In> handler) {
    return StepTester.of(StepDefinition.named("s").handler(In.class, handler));
  }

  @Test
  void state_is_given_and_writes_are_seen() {
    // given
    StepTester tester =
        step((event, context) -> {
              context.state().set("name", "mill " + context.state().get("k", int.class).get());
              context.state().increment("count", 2);
              context.state().append("log", List.of("a"));
              context.state().remove("k");
              return null;
            })
            .withState("k", 41);

    // when
    StepTest test = tester.run(new In(1));

    // then
    assertThat(test.failure()).isEmpty();
    assertThat(test.stateWrites())
        .containsExactly(
            new StateWrite(Operation.SET, "name", "mill 41"),
            new StateWrite(Operation.INCREMENT, "count", 2L),
            new StateWrite(Operation.APPEND, "log", List.of("a")),
            new StateWrite(Operation.REMOVE, "k", null));
  }

  @Test
  void attempt_error_and_names_are_given() {
    // given
    StepTester tester =
        step(StepTesterTest::describe)
            .withAttempt(3)
            .withElapsed(Duration.ofMinutes(2))
            .withLastError(new IOException("gone"))
            .withRunId("r")
            .withWorkflow("w")
            .cancelled();

    // then
    assertThat(tester.run(new In(1)).returned())
        .containsExactly(new Out("r w s 3 2 java.io.IOException gone true"));
  }

  private static Object describe(In event, RunContext context) {
    return new Out(
        String.join(
            " ",
            context.runId(),
            context.workflow(),
            context.step(),
            "" + context.attempt(),
            "" + context.retryInfo().elapsed().toMinutes(),
            context.retryInfo().lastErrorType().orElseThrow(),
            context.retryInfo().lastErrorMessage().orElseThrow(),
            "" + context.isCancelled()));
  }

  @Test
  void what_the_step_throws_is_the_failure() {
    // given
    IOException thrown = new IOException("gone");

    // when
    StepTest test =
        step((event, context) -> {
              throw thrown;
            })
            .run(new In(1));

    // then
    assertThat(test.failure().orElseThrow().error()).isSameAs(thrown);
    assertThat(test.failure().orElseThrow().retryable()).isTrue();
  }

  @Test
  void what_the_step_returns_wrongly_is_a_failure_too() {
    assertThat(step((event, context) -> "text").run(new In(1)).failure().orElseThrow().error())
        .isInstanceOf(StepTestException.class)
        .hasMessageContaining("NotAnEventException");
  }

  @Test
  void S5_other_steps_are_checked_once_they_are_named() {
    StepTester tester =
        step(
            (event, context) -> {
              context.sendEvent(new Out("x"), "next");
              return null;
            });
    assertThat(tester.run(new In(1)).failure()).isEmpty();
    assertThat(tester.withOtherStep("next", Out.class).run(new In(1)).failure()).isEmpty();
    assertThat(tester.withOtherStep("next", In.class).run(new In(1)).failure()).isPresent();
    assertThat(tester.withOtherStep("else", Out.class).run(new In(1)).failure()).isPresent();
  }

  @Test
  void an_event_that_no_step_accepts_is_refused() {
    assertThatThrownBy(() -> step((event, context) -> null).run(new Out("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of the steps [s] accepts Out");
  }

  static class Many {
    @Step
    public Out pair(In first, In second) {
      return new Out(first.n() + "+" + second.n());
    }

    @Step
    public Out all(List<In> events) {
      return new Out("all " + events.size());
    }

    @CatchError(steps = "grind")
    public Out failed(StepFailedEvent failure) {
      return new Out(failure.step() + failure.event(In.class).n() + failure.errorMessage());
    }
  }

  @Test
  void C6_C7_joins_are_run_with_what_they_join() {
    StepTester tester = StepTester.of(new Many());

    assertThat(tester.step("pair").runJoin(new In(1), new In(2)).returned())
        .containsExactly(new Out("1+2"));
    assertThat(tester.runJoin().returned()).containsExactly(new Out("all 0"));
    assertThatThrownBy(() -> tester.runJoin(new In(1), new In(2)))
        .hasMessageContaining("is accepted by [all, pair]; choose one with step(name)");
    assertThatThrownBy(() -> tester.run(new In(1))).hasMessageContaining("none of the steps");
  }

  @Test
  void E4_failure_handlers_are_run_with_a_failure() {
    StepTester tester = StepTester.of(new Many());

    assertThat(tester.runFailure("grind", new In(4), new IOException(" jam")).returned())
        .containsExactly(new Out("grind4 jam"));
    assertThatThrownBy(() -> tester.runFailure("bake", new In(4), new IOException("x")))
        .hasMessageContaining("a failure of step bake");
  }

  static class Asking {
    @Step(waitsFor = Out.class)
    public Out ask(In event, RunContext context) {
      WaitSpec spec = WaitSpec.ofDefaults().where("text", "yes").withTimeout(Duration.ofMinutes(1));
      context.waitForEvent(Out.class, spec);
      try {
        return context.waitForEvent(Out.class, WaitSpec.ofDefaults().withWaiterId("last"));
      } catch (WaitTimeoutException e) {
        return new Out("nobody");
      }
    }
  }

  @Test
  void W3_waits_are_seen_and_can_be_answered_or_time_out() {
    StepTester tester = StepTester.of(new Asking());

    assertThat(tester.run(new In(1)).suspension())
        .contains(
            new StepTest.Suspension(
                "wait-0",
                "Out",
                Map.of("text", "\"yes\""),
                Optional.of(Duration.ofMinutes(1)),
                Optional.empty()));
    StepTester once = tester.withAnswer(new Out("yes"));
    assertThat(once.run(new In(1)).suspension().orElseThrow().waiterId()).isEqualTo("last");
    assertThat(once.withAnswer("last", new Out("z")).run(new In(1)).returned())
        .containsExactly(new Out("z"));
    assertThat(once.withTimedOutWait("last").run(new In(1)).returned())
        .containsExactly(new Out("nobody"));
  }
}
