package io.millrace.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.FailureKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SubtypesTest {
  interface Noted extends Event {}

  interface Weighty extends Noted {}

  record Heavy(int n) implements Weighty {}

  record Reply(int n) implements HumanResponseEvent, Noted {}

  record Other(int n) implements Event {}

  record Note(String text) implements Event {}

  static class Notes {
    @Step(subtypes = true)
    public Note note(Noted event) {
      return new Note(event.toString());
    }
  }

  private static StepRegistration registration(Object step) {
    return StepRegistrations.of(StepDefinitions.of(step).get(0), "mill", 1, new Namespace("test"));
  }

  @Test
  void S1_a_step_may_accept_all_events_that_implement_an_interface() {
    StepRegistration notes = registration(new Notes());

    assertThat(notes.getAcceptsSubtypes()).isTrue();
    assertThat(notes.getAccepts()).extracting(EventDeclaration::getType).containsExactly("Noted");
  }

  static class Plain {
    @Step
    public Reply plain(Heavy event) {
      return null;
    }
  }

  @Test
  void S1_declared_events_name_the_event_interfaces_that_they_implement() {
    StepRegistration plain = registration(new Plain());

    assertThat(plain.getAcceptsSubtypes()).isFalse();
    assertThat(plain.getAccepts().get(0).getSupertypes()).containsExactly("Noted", "Weighty");
    assertThat(plain.getEmits().get(0).getSupertypes())
        .containsExactly("HumanResponseEvent", "Noted");
  }

  @Test
  void S1_the_event_is_read_as_its_own_class() {
    RunnerFixture fixture = new RunnerFixture(new Notes());

    fixture.run(new Heavy(4));
    fixture.run(new Reply(5));

    assertThat(fixture.emitted(Note.class))
        .containsExactly(new Note("Heavy[n=4]"), new Note("Reply[n=5]"));
  }

  @Test
  void S1_an_event_whose_class_is_not_here_is_unreadable_and_the_message_says_what_to_do() {
    RunnerFixture fixture = new RunnerFixture(new Notes());
    fixture.schemaName = "io.other.Elsewhere";

    TryResult.Failed failed =
        (TryResult.Failed) fixture.run("Elsewhere", fixture.codec.encode(new Heavy(1), "mill"));

    assertThat(failed.kind()).isEqualTo(FailureKind.UNREADABLE_EVENT);
    assertThat(failed.retryable()).isFalse();
    assertThat(failed.error().getMessage()).contains("put io.other.Elsewhere on its class path");
    fixture.schemaName = null;
    assertThat(fixture.run(new Other(1))).isInstanceOf(TryResult.Failed.class);
  }

  static class Broken {
    @Step(subtypes = true)
    public void exact(Heavy event) {}

    @Step(subtypes = true)
    public void all(Event event) {}

    @Step(subtypes = true)
    public void stops(StopEvent event) {}

    @Step(subtypes = true, accepts = Heavy.class)
    public void named(Noted event) {}

    @Step(subtypes = true)
    public void several(Heavy one, Other other) {}
  }

  @Test
  void S9_S1_subtypes_of_what_has_none_are_refused() {
    InvalidStepException e =
        catchThrowableOfType(InvalidStepException.class, () -> StepDefinitions.of(new Broken()));

    assertThat(String.join("\n", e.problems()))
        .contains(
            "exact: subtypes is for an event interface that is not sealed, not for",
            "all: subtypes is for an event interface that is not sealed, not for",
            "stops: subtypes is for an event interface that is not sealed, not for",
            "named: accepts all subtypes of its parameter; leave accepts or subtypes out",
            "several: subtypes is for a step that takes one event interface");
    assertThat(e.problems()).allSatisfy(problem -> assertThat(problem).isNotBlank());
  }
}
