package io.millrace.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.Event;
import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.event.EventType;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TaskSourceKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class StepDefinitionsTest {
  record Begin() implements StartEvent {}

  sealed interface Input extends Event permits A, Deeper {}

  sealed interface Deeper extends Input permits B, C {}

  record A() implements Input {}

  record B() implements Deeper {}

  record C() implements Deeper {}

  record End(String text) implements StopEvent {}

  record NoEvent() {}

  static class Full {
    @Step(
        name = "full-name",
        emits = A.class,
        streams = B.class,
        concurrency = 3,
        maxOpenPerRun = 7,
        maxLost = 2,
        timeout = "30s",
        reads = {"k", "l"},
        retry =
            @Retry(
                maxAttempts = 4,
                delay = "500ms",
                multiplier = 3,
                maxDelay = "2h",
                jitter = 0.5,
                maxElapsed = "P1D",
                on = IOException.class,
                notOn = RuntimeException.class))
    public End full(Input event, RunContext context) {
      return new End("x");
    }
  }

  @Test
  void everything_in_the_annotation_is_read() {
    // when
    StepDefinition step = only(new Full());

    // then
    assertThat(step.name()).isEqualTo("full-name");
    assertThat(names(step.accepts())).containsExactly("A", "B", "C");
    assertThat(names(step.emits())).containsExactly("End", "A");
    assertThat(names(step.streams())).containsExactly("B");
    assertThat(step.concurrency()).isEqualTo(3);
    assertThat(step.maxOpenPerRun()).isEqualTo(7);
    assertThat(step.maxLost()).isEqualTo(2);
    assertThat(step.timeout()).contains(Duration.ofSeconds(30));
    assertThat(step.usesContext()).isTrue();
    assertThat(step.reads()).contains(List.of("k", "l"));
    assertThat(step.taskSource()).isEqualTo(TaskSourceKind.GROUP);
    assertThat(step.retry())
        .isEqualTo(
            new RetryPolicy(
                4,
                Duration.ofMillis(500),
                3,
                Optional.of(Duration.ofHours(2)),
                0.5,
                Optional.of(Duration.ofDays(1)),
                List.of(IOException.class),
                List.of(RuntimeException.class)));
  }

  static class Plain {
    @Step
    End plain(A event) {
      return new End("plain");
    }
  }

  @Test
  void the_defaults_are_the_methods_name_one_attempt_all_state_and_no_timeout() throws Throwable {
    // when
    StepDefinition step = only(new Plain());

    // then
    assertThat(step.name()).isEqualTo("plain");
    assertThat(step.retry()).isEqualTo(RetryPolicy.ofDefaults());
    assertThat(step.concurrency()).isEqualTo(16);
    assertThat(step.maxOpenPerRun()).isEqualTo(256);
    assertThat(step.maxLost()).isEqualTo(5);
    assertThat(step.timeout()).isEmpty();
    assertThat(step.usesContext()).isFalse();
    assertThat(step.reads()).isEmpty();
    assertThat(step.function().invoke(new A(), null)).isEqualTo(new End("plain"));
  }

  static class Returns {
    @Step
    public List<Input> list(Begin event) {
      return List.of();
    }

    @Step
    public Optional<End> optional(Begin event) {
      return Optional.empty();
    }

    @Step
    public void nothing(Begin event) {}

    @Step(emits = {A.class, End.class})
    public Object named(Begin event) {
      return new A();
    }

    @Step
    public Deeper sealed(Begin event) {
      return new B();
    }
  }

  @Test
  void S2_what_a_step_emits_is_read_from_its_return_type() {
    // when
    List<StepDefinition> steps = StepDefinitions.of(new Returns());

    // then
    assertThat(steps)
        .extracting(StepDefinition::name)
        .containsExactly("list", "named", "nothing", "optional", "sealed");
    assertThat(steps)
        .extracting(step -> names(step.emits()))
        .containsExactly(
            List.of("A", "B", "C"),
            List.of("A", "End"),
            List.of(),
            List.of("End"),
            List.of("B", "C"));
  }

  static class Named {
    @Step(accepts = {A.class, ErrorInfo.class})
    public void named(Object event) {}
  }

  @Test
  void accepted_types_can_be_named_and_generated_classes_are_events_too() {
    assertThat(names(only(new Named()).accepts())).containsExactly("A", "ErrorInfo");
  }

  static class Broken {
    @Step
    public void acceptsStop(End event) {}

    @Step
    public String badReturn(A event) {
      return "";
    }

    @Step
    public List<? extends Event> badList(A event) {
      return List.of();
    }

    @Step
    public void contextFirst(RunContext context, A event) {}

    @Step
    public void contextOnly(RunContext context) {}

    @Step
    public void joins(A a, Deeper b) {}

    @Step
    public void joinsFanOut(A a, List<B> events) {}

    @Step
    public void noEvent(NoEvent event) {}

    @Step
    public void nothingTaken() {}

    @Step
    private A hidden(A event) {
      return event;
    }

    @Step(
        name = "a.b",
        timeout = "soon",
        concurrency = 0,
        maxOpenPerRun = 0,
        maxLost = 0,
        reads = "k",
        retry = @Retry(maxAttempts = 0, delay = "never"))
    public void badSettings(A event) {}

    @Step
    public void open(Event event) {}

    @Step
    public Event openReturn(A event) {
      return event;
    }

    @Step(accepts = B.class)
    public void narrow(A event) {}
  }

  @Test
  void S2_S9_all_problems_of_a_class_are_in_one_message() {
    // when
    InvalidStepException e =
        catchThrowableOfType(InvalidStepException.class, () -> StepDefinitions.of(new Broken()));

    // then
    assertProblem(e, "acceptsStop: accepts End, a stop event");
    assertProblem(e, "badReturn: returns String:");
    assertProblem(e, "badList: returns java.util.List<? extends io.millrace.Event>");
    assertProblem(e, "contextFirst: the RunContext comes first");
    assertProblem(e, "contextOnly: the method takes only a RunContext");
    assertProblem(
        e,
        "joins: joins io.millrace.step.StepDefinitionsTest$Deeper, which is not one exact event");
    assertProblem(e, "joinsFanOut: joins a List and other events");
    assertProblem(e, "noEvent: accepts NoEvent: ");
    assertProblem(e, "nothingTaken: the method takes nothing");
    assertProblem(e, "hidden: the method is private");
    assertProblem(e, "a.b: 'a.b' cannot be a step");
    assertProblem(e, "a.b: timeout: 'soon' is no duration");
    assertProblem(e, "a.b: concurrency is 0");
    assertProblem(e, "a.b: maxOpenPerRun is 0");
    assertProblem(e, "a.b: maxLost is 0");
    assertProblem(e, "a.b: declares what state it reads");
    assertProblem(e, "a.b: retry maxAttempts is 0");
    assertProblem(e, "a.b: retry delay: 'never' is no duration");
    assertProblem(e, "open: accepts io.millrace.Event, which does not say which");
    assertProblem(e, "openReturn: returns io.millrace.Event, which does not say which");
    assertProblem(e, "narrow: accepts B, but its parameter is");
    assertThat(e.problems()).hasSize(21);
    assertThat(e).hasMessageContaining("Broken has 21 problems:");
  }

  private static void assertProblem(InvalidStepException e, String start) {
    assertThat(e.problems()).anySatisfy(problem -> assertThat(problem).startsWith(start));
    assertThat(e).hasMessageContaining(start);
  }

  static class Twice {
    @Step(name = "same")
    public void one(A event) {}

    @Step(name = "same")
    public void other(B event) {}
  }

  @Test
  void S9_two_steps_of_one_name_are_refused() {
    assertThatThrownBy(() -> StepDefinitions.of(new Twice()))
        .isInstanceOf(InvalidStepException.class)
        .hasMessageContaining("same: there are two steps of this name");
  }

  @Test
  void an_object_without_steps_and_a_class_in_place_of_an_object_are_refused() {
    assertThatThrownBy(() -> StepDefinitions.of("text"))
        .isInstanceOf(InvalidStepException.class)
        .hasMessageContaining("no method is annotated with @Step");
    assertThatThrownBy(() -> StepDefinitions.of(Plain.class))
        .isInstanceOf(InvalidStepException.class)
        .hasMessageContaining("give an object of it");
  }

  static class Inherits extends Plain {}

  @Test
  void inherited_steps_are_steps() {
    assertThat(only(new Inherits()).name()).isEqualTo("plain");
  }

  @Test
  void a_step_can_be_built_without_annotations() throws Throwable {
    // when
    StepDefinition step =
        StepDefinition.named("built")
            .emits(End.class)
            .streams(B.class)
            .concurrency(2)
            .timeout(Duration.ofSeconds(1))
            .retry(RetryPolicy.ofDefaults().withMaxAttempts(3))
            .reads("k")
            .taskSource(TaskSourceKind.SHARE)
            .handler(Input.class, (event, context) -> new End(event.toString()));

    // then
    assertThat(names(step.accepts())).containsExactly("A", "B", "C");
    assertThat(step.retry().maxAttempts()).isEqualTo(3);
    assertThat(step.taskSource()).isEqualTo(TaskSourceKind.SHARE);
    assertThat(step.function().invoke(new A(), null)).isEqualTo(new End("A[]"));
    assertThatThrownBy(() -> StepDefinition.named("none").handler((event, context) -> null))
        .hasMessageContaining("accepts no event");
    assertThatThrownBy(
            () -> StepDefinition.named("stop").handler(End.class, (event, context) -> null))
        .hasMessageContaining("a stop event");
  }

  @Test
  void a_registration_says_all_that_the_coordinator_must_know() {
    // when
    StepRegistration registration =
        StepRegistrations.of(only(new Full()), "rag", 7, new Namespace("acme"));

    // then
    assertThat(registration.getWorkflow()).isEqualTo("rag");
    assertThat(registration.getStep()).isEqualTo("full-name");
    assertThat(registration.getVersion()).isEqualTo(7);
    assertThat(registration.getGroupId()).isEqualTo("acme.rag.full-name");
    assertThat(registration.getAccepts()).hasSize(3);
    assertThat(registration.getEmits().get(0).getKind()).isEqualTo(EventKind.STOP);
    assertThat(new Schema.Parser().parse(registration.getEmits().get(0).getSchema$()).getName())
        .isEqualTo("End");
    assertThat(registration.getTimeoutMillis()).isEqualTo(30_000);
    assertThat(registration.getRetry().getDelayMillis()).isEqualTo(500);
    assertThat(registration.getRetry().getMaxDelayMillis()).isEqualTo(7_200_000);
    assertThat(registration.getReads()).containsExactly("k", "l");
    assertThat(registration.getUsesState()).isTrue();
    assertThat(registration.getMaxOpenPerRun()).isEqualTo(7);
  }

  @Test
  void durations_are_read_in_short_and_in_iso_form() {
    assertThat(Durations.parse("500ms")).contains(Duration.ofMillis(500));
    assertThat(Durations.parse(" 30 s ")).contains(Duration.ofSeconds(30));
    assertThat(Durations.parse("5m")).contains(Duration.ofMinutes(5));
    assertThat(Durations.parse("2h")).contains(Duration.ofHours(2));
    assertThat(Durations.parse("1d")).contains(Duration.ofDays(1));
    assertThat(Durations.parse("PT1M30S")).contains(Duration.ofSeconds(90));
    assertThat(Durations.parse("")).isEmpty();
    assertThatThrownBy(() -> Durations.parse("-PT1S")).hasMessageContaining("no duration");
    assertThatThrownBy(() -> Durations.parse("5 parsecs")).hasMessageContaining("no duration");
  }

  private static StepDefinition only(Object stepObject) {
    List<StepDefinition> steps = StepDefinitions.of(stepObject);
    assertThat(steps).hasSize(1);
    return steps.get(0);
  }

  private static List<String> names(List<EventType> types) {
    return types.stream().map(EventType::name).toList();
  }
}
