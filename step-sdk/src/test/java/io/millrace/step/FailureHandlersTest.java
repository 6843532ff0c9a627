package io.millrace.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.CatchError;
import io.millrace.Event;
import io.millrace.NotThatEventException;
import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepFailedEvent;
import io.millrace.event.EventTypes;
import io.millrace.event.NotAnEventException;
import io.millrace.protocol.CaughtFailure;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class FailureHandlersTest {
  sealed interface Work extends Event permits Grind, Bake {}

  record Grind(int kilos) implements Work {}

  record Bake() implements Work {}

  record Skipped(String why) implements Event {}

  static class Handler {
    @CatchError(steps = "grind", maxRecoveries = 3)
    @Step(name = "recover", retry = @Retry(maxAttempts = 2))
    public Skipped handle(StepFailedEvent failure, RunContext context) {
      return new Skipped(failure.step() + " " + failure.event(Grind.class).kilos());
    }
  }

  static class Plain {
    @CatchError
    public void any(StepFailedEvent failure) {}
  }

  private static StepRegistration registration(Object step) {
    return StepRegistrations.of(StepDefinitions.of(step).get(0), "mill", 1, new Namespace("test"));
  }

  @Test
  void E4_a_handler_is_registered_with_the_steps_it_handles_and_its_budget() {
    StepRegistration handler = registration(new Handler());

    assertThat(handler.getStep()).isEqualTo("recover");
    assertThat(handler.getCatches()).containsExactly("grind");
    assertThat(handler.getMaxRecoveries()).isEqualTo(3);
    assertThat(handler.getRetry().getMaxAttempts()).isEqualTo(2);
    assertThat(handler.getAccepts())
        .extracting(EventDeclaration::getType)
        .containsExactly("StepFailedEvent");
  }

  @Test
  void E4_a_handler_needs_no_other_annotation_and_handles_every_step_by_default() {
    StepRegistration handler = registration(new Plain());

    assertThat(handler.getStep()).isEqualTo("any");
    assertThat(handler.getCatches()).containsExactly("*");
    assertThat(handler.getMaxRecoveries()).isEqualTo(1);
  }

  private static RunnerFixture failed(Object handler, Object event) {
    RunnerFixture fixture = new RunnerFixture(handler);
    fixture.failure = failure(fixture.data(event));
    return fixture;
  }

  private static CaughtFailure failure(EventData event) {
    return new CaughtFailure(
        "grind", event, new ErrorInfo("java.io.IOException", "jam", "at mill"), 4, 1_500L);
  }

  @Test
  void E4_the_handler_gets_step_input_event_error_attempts_and_elapsed_time() {
    RunnerFixture fixture = failed(new Handler(), new Grind(7));

    assertThat(fixture.run("StepFailedEvent", new byte[0])).isEqualTo(new TryResult.Completed());

    assertThat(fixture.emitted(Skipped.class)).containsExactly(new Skipped("grind 7"));
  }

  private static StepFailedEvent seen(EventData event) {
    AtomicReference<StepFailedEvent> seen = new AtomicReference<>();
    RunnerFixture fixture =
        new RunnerFixture(
            StepDefinition.named("h")
                .catches(1, "*")
                .handler(
                    (failure, context) -> {
                      seen.set((StepFailedEvent) failure);
                      return null;
                    }));
    fixture.failure = failure(event == null ? fixture.data(new Grind(7)) : event);
    fixture.run("StepFailedEvent", new byte[0]);
    if (event != null) {
      return seen.get();
    }
    StepFailedEvent failure = seen.get();
    assertThat(failure.event().as(Work.class)).isEqualTo(new Grind(7));
    return failure;
  }

  @Test
  void E4_the_event_is_read_as_the_class_that_the_handler_names_and_refusals_say_its_type() {
    StepFailedEvent failure = seen(null);

    assertThat(failure.errorType()).isEqualTo("java.io.IOException");
    assertThat(failure.errorMessage()).isEqualTo("jam");
    assertThat(failure.errorStack()).isEqualTo("at mill");
    assertThat(failure.attempts()).isEqualTo(4);
    assertThat(failure.elapsed()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(failure.event().type()).isEqualTo("Grind");
    assertThat(failure.event().is(Grind.class)).isTrue();
    assertThat(failure.event().is(Bake.class)).isFalse();
    assertThat(catchThrowableOfType(NotThatEventException.class, () -> failure.event(Bake.class)))
        .hasMessageContaining("was called with a Grind, not with a ");
  }

  @Test
  void E4_of_a_failed_join_only_the_type_is_known() {
    StepFailedEvent failure =
        seen(
            new EventData(
                "e", "Grind", EventKind.EVENT, ByteBuffer.wrap(new byte[0]), null, null, null));

    assertThat(failure.event().type()).isEqualTo("Grind");
    assertThat(catchThrowableOfType(NotThatEventException.class, () -> failure.event(Grind.class)))
        .hasMessageContaining("the failed step is a join");
  }

  static class Broken {
    @Step
    public void unmarked(StepFailedEvent failure) {}

    @CatchError
    public void wrong(Grind event) {}

    @CatchError
    public void more(StepFailedEvent failure, Grind event) {}

    @CatchError(steps = {"*", "grind"})
    public void both(StepFailedEvent failure) {}

    @CatchError(steps = {})
    public void none(StepFailedEvent failure) {}

    @CatchError(maxRecoveries = 0)
    public void never(StepFailedEvent failure) {}

    @CatchError(steps = "self")
    public void self(StepFailedEvent failure) {}
  }

  @Test
  void S9_E4_handlers_that_make_no_sense_are_refused() {
    InvalidStepException e =
        catchThrowableOfType(InvalidStepException.class, () -> StepDefinitions.of(new Broken()));

    assertThat(String.join("\n", e.problems()))
        .contains(
            "unmarked: takes a StepFailedEvent; annotate the method with @CatchError",
            "wrong: handles failures, so it takes a StepFailedEvent and nothing else",
            "more: handles failures, so it takes a StepFailedEvent and nothing else",
            "both: a failure handler handles [*, grind]; name its steps, or * alone",
            "none: a failure handler handles []",
            "never: a failure handler has maxRecoveries 0",
            "self: handles its own failures");
    assertThat(e.problems()).hasSize(7);
  }

  static class Impostor {
    record StepFailedEvent() implements Event {}
  }

  @Test
  void no_event_may_have_the_name_by_which_handlers_are_called() {
    assertThat(
            catchThrowableOfType(
                NotAnEventException.class, () -> EventTypes.of(Impostor.StepFailedEvent.class)))
        .hasMessageContaining("has the name by which failure handlers are called");
    assertThat(List.of(EventTypes.of(Grind.class).name())).containsExactly("Grind");
  }
}
