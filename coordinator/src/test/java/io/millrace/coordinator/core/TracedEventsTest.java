package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.dispatches;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The core carries the trace context of events along, wherever it keeps them, and looks at none.
 */
class TracedEventsTest {
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin").fansOut("Work"),
          step("work").accepts("Work").emits("Part").retries(2, Duration.ofSeconds(1)),
          step("gather").accepts("Part").emits("Out").joinsFanOut(0),
          step("ask").accepts("Out").waitsFor("Reply"),
          step("rescue").catches(1, "*").emits("Part"));

  @Test
  void what_a_step_emits_is_dispatched_and_retried_in_the_context_of_its_emission() {
    RunEffect.Target work = scattered("a").get(0);
    assertThat(run.execution(work).event().traceparent()).isEqualTo("trace of a");

    run.apply(RunFixture.failure(work, true));
    List<RunEffect> retried = run.fire(Failures.RETRY + work.token().executionId());

    assertThat(dispatches(retried).get(0).event().traceparent()).isEqualTo("trace of a");
  }

  @Test
  void a_join_is_told_in_the_context_of_its_first_member_and_has_those_of_all() {
    List<RunEffect.Target> members = scattered("a", "b");
    run.complete(members.get(1), traced("Part", "second"));

    List<RunEffect> effects = run.complete(members.get(0), traced("Part", "first"));

    assertThat(dispatches(effects).get(0).event().traceparent()).isEqualTo("trace of first");
    assertThat(target(effects, "gather").joined())
        .extracting(Event::traceparent)
        .containsExactly("trace of first", "trace of second");
  }

  @Test
  void a_failure_handler_is_told_in_the_context_of_the_event_that_failed() {
    RunEffect.Target work = scattered("a").get(0);
    run.apply(RunFixture.failure(work, false));
    run.apply(RunFixture.failure(work, false));

    assertThat(run.store.scan(Entry.OpenExecution.class, null, 9))
        .extracting(found -> found.entry().event().traceparent())
        .containsExactly("trace of a");
  }

  @Test
  void a_start_that_is_repeated_in_another_context_is_the_same_start() {
    run.start();
    RunInput.StartRun again = run.startInput();
    Event event = again.event();

    List<RunEffect> effects =
        run.apply(
            new RunInput.StartRun(
                again.request(),
                again.workflow(),
                new Event(
                    event.id(), event.type(), event.kind(), event.value(), null, Map.of(), "other"),
                null,
                true,
                false,
                Map.of(),
                again.outcomeKeys()));

    assertThat(effects)
        .filteredOn(RunEffect.Reply.class::isInstance)
        .singleElement()
        .extracting(reply -> ((RunEffect.Reply) reply).answer())
        .isEqualTo(new Answer.StartAccepted(true));
  }

  private List<RunEffect.Target> scattered(String... members) {
    StepEffect[] effects = new StepEffect[members.length + 1];
    effects[0] = new StepEffect.OpenFanOut(members.length);
    for (int i = 0; i < members.length; i++) {
      effects[i + 1] = new StepEffect.Emit(event("Work", members[i]), null, true);
    }
    return targets(run.complete(target(run.start(), "first"), effects));
  }

  private static StepEffect traced(String type, String text) {
    return new StepEffect.Emit(event(type, text), null, false);
  }

  private static Event event(String type, String text) {
    Event plain = RunFixture.event(text, type);
    return new Event(
        plain.id(), type, plain.kind(), plain.value(), null, Map.of(), "trace of " + text);
  }
}
