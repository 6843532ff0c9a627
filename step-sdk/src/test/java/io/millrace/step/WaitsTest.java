package io.millrace.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.RunContext;
import io.millrace.UndeclaredWaitException;
import io.millrace.WaitSpec;
import io.millrace.WaitTimeoutException;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class WaitsTest {
  record Order(int number) implements Event {}

  record Approved(int order, String by) implements HumanResponseEvent {}

  record Approve(String text) implements InputRequiredEvent {}

  record Done(String text) implements Event {}

  private final List<Object> went = new ArrayList<>();

  @FunctionalInterface
  interface Body {
    Object run(Order order, RunContext context) throws Throwable;
  }

  private RunnerFixture step(Body body) {
    return new RunnerFixture(
        StepDefinition.named("approve")
            .accepts(Order.class)
            .waitsFor(Approved.class)
            .handler((event, context) -> body.run((Order) event, context)));
  }

  @Test
  void W3_without_an_answer_the_try_ends_as_suspended_with_what_it_waits_for() {
    RunnerFixture fixture =
        step(
            (order, context) -> {
              context.waitForEvent(
                  Approved.class,
                  WaitSpec.ofDefaults()
                      .where("order", order.number())
                      .where("by", "miller")
                      .withTimeout(Duration.ofHours(1))
                      .withPrompt(new Approve("order 7?")));
              went.add("on");
              return null;
            });

    TryResult.Suspended wait = (TryResult.Suspended) fixture.run(new Order(7));

    assertThat(went).isEmpty();
    assertThat(wait.waiterId()).isEqualTo("wait-0");
    assertThat(wait.eventType()).isEqualTo("Approved");
    assertThat(wait.requirements()).isEqualTo(Map.of("order", "7", "by", "\"miller\""));
    assertThat(wait.timeout()).contains(Duration.ofHours(1));
    assertThat(wait.prompt().orElseThrow().getType()).isEqualTo("Approve");
    assertThat(wait.prompt().orElseThrow().getKind()).isEqualTo(EventKind.INPUT_REQUIRED);
  }

  @Test
  void W3_with_its_answer_the_call_returns_the_event() {
    RunnerFixture fixture =
        step((order, context) -> new Done(context.waitForEvent(Approved.class).by()));
    fixture.answered("wait-0", new Approved(7, "miller"));

    assertThat(fixture.run(new Order(7))).isEqualTo(new TryResult.Completed());
    assertThat(fixture.emitted(Done.class)).containsExactly(new Done("miller"));
  }

  @Test
  void W4_waits_are_told_apart_by_their_position_so_that_no_two_share_an_answer() {
    RunnerFixture fixture =
        step(
            (order, context) -> {
              went.add(context.waitForEvent(Approved.class).by());
              return new Done(context.waitForEvent(Approved.class).by());
            });
    fixture.answered("wait-0", new Approved(7, "first"));

    TryResult.Suspended second = (TryResult.Suspended) fixture.run(new Order(7));

    assertThat(went).containsExactly("first");
    assertThat(second.waiterId()).isEqualTo("wait-1");
    fixture.answered("wait-1", new Approved(7, "second"));
    fixture.run(new Order(7));
    assertThat(fixture.emitted(Done.class)).containsExactly(new Done("second"));
  }

  @Test
  void W4_a_wait_can_be_named_but_not_twice_in_one_attempt() {
    RunnerFixture fixture =
        step(
            (order, context) -> {
              WaitSpec named = WaitSpec.ofDefaults().withWaiterId("boss");
              context.waitForEvent(Approved.class, named);
              return context.waitForEvent(Approved.class, named);
            });
    assertThat(((TryResult.Suspended) fixture.run(new Order(7))).waiterId()).isEqualTo("boss");

    fixture.answered("boss", new Approved(7, "boss"));

    TryResult.Failed failed = (TryResult.Failed) fixture.run(new Order(7));
    assertThat(failed.error().getMessage())
        .contains("waits as 'boss' twice", "WaitSpec.withWaiterId");
  }

  @Test
  void W6_a_wait_that_timed_out_throws_and_the_step_may_go_on() {
    RunnerFixture fails = step((order, context) -> context.waitForEvent(Approved.class).by());
    RunnerFixture goesOn =
        step(
            (order, context) -> {
              try {
                return new Done(context.waitForEvent(Approved.class).by());
              } catch (WaitTimeoutException e) {
                return new Done("nobody answered " + e.waiterId());
              }
            });
    fails.answered("wait-0", null);
    goesOn.answered("wait-0", null);

    assertThat(((TryResult.Failed) fails.run(new Order(7))).error().getType())
        .isEqualTo(WaitTimeoutException.class.getName());
    goesOn.run(new Order(7));
    assertThat(goesOn.emitted(Done.class)).containsExactly(new Done("nobody answered wait-0"));
  }

  @Test
  @SuppressWarnings("CatchingUnchecked")
  void W3_code_that_swallows_the_end_of_its_attempt_is_ended_all_the_same() {
    RunnerFixture fixture =
        step(
            (order, context) -> {
              try {
                context.waitForEvent(Approved.class);
              } catch (Throwable e) {
                went.add("swallowed");
              }
              try {
                context.sendEvent(new Done("too late"));
              } catch (Throwable e) {
                went.add("refused");
              }
              throw new IllegalStateException("another way out");
            });

    assertThat(fixture.run(new Order(7))).isInstanceOf(TryResult.Suspended.class);
    assertThat(went).containsExactly("swallowed", "refused");
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void a_wait_for_what_was_not_declared_is_refused_at_the_call() {
    RunnerFixture fixture = step((order, context) -> context.waitForEvent(Done.class));

    TryResult.Failed failed = (TryResult.Failed) fixture.run(new Order(7));

    assertThat(failed.error().getType()).isEqualTo(UndeclaredWaitException.class.getName());
    assertThat(failed.error().getMessage())
        .contains("waits for Done but declares waitsFor = [Approved]", "@Step(waitsFor = …)");
  }

  @Test
  void requirements_and_prompts_that_can_never_work_are_refused_at_the_call() {
    assertThat(refusal(WaitSpec.ofDefaults().where("nobody", 1)))
        .contains("Approved has no field nobody", "[order, by]");
    assertThat(refusal(WaitSpec.ofDefaults().where("order", "seven")))
        .contains("Approved.order can never be String seven");
    assertThat(refusal(WaitSpec.ofDefaults().where("by", "x".repeat(257))))
        .contains("a text of up to 256 characters");
    assertThat(refusal(WaitSpec.ofDefaults().withPrompt(new Done("?"))))
        .contains("prompts with a Done, which is no InputRequiredEvent");
  }

  private String refusal(WaitSpec spec) {
    RunnerFixture fixture = step((order, context) -> context.waitForEvent(Approved.class, spec));
    return ((TryResult.Failed) fixture.run(new Order(7))).error().getMessage();
  }

  @Test
  void W4_emitted_events_tell_their_fields_only_when_somebody_waits_for_their_type() {
    RunnerFixture fixture =
        step(
            (order, context) -> {
              context.sendEvent(new Approved(7, "miller"));
              return new Done("x");
            });
    fixture.fieldsOf.add("Approved");

    fixture.run(new Order(7));

    assertThat(fixture.bodies())
        .extracting(body -> Optional.ofNullable(((EmitEvent) body).getEvent().getFields()))
        .containsExactly(Optional.of(Map.of("order", "7", "by", "\"miller\"")), Optional.empty());
  }

  @Test
  void what_a_step_waits_for_is_registered() {
    StepDefinition step =
        StepDefinition.named("approve")
            .accepts(Order.class)
            .waitsFor(Approved.class)
            .handler((event, context) -> null);

    assertThat(StepRegistrations.of(step, "mill", 1, new Namespace("test")).getWaitsFor())
        .containsExactly("Approved");
  }
}
