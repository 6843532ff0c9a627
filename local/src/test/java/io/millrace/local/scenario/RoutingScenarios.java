package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.gather;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.RunStalledException;
import io.millrace.SendOptions;
import io.millrace.StartOptions;
import io.millrace.Step;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.UnknownStepException;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Item;
import io.millrace.local.scenario.Words.Progress;
import io.millrace.local.scenario.Words.Question;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.InvalidStepException;
import io.millrace.step.StepDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which steps an event comes to, and what becomes of one that comes to none. */
final class RoutingScenarios {
  private RoutingScenarios() {}

  /** Not sealed: whoever knows it may add an event. */
  interface Fruit extends Event {
    String name();
  }

  record Apple(String name) implements Fruit {}

  record Pear(String name) implements Fruit {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "S1_an_event_goes_to_every_step_that_accepts_its_type_and_to_no_other",
            () ->
                List.of(
                    emit(new A("a1"), new A("a2"), new B("b1")),
                    tag("left", A.class),
                    tag("right", A.class),
                    tag("other", B.class),
                    gather(X.class, 5)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder(
                        "left a1", "left a2", "right a1", "right a2", "other b1")),
        Scenario.of(
            "S1_a_step_may_accept_all_types_of_a_sealed_interface",
            () ->
                List.of(
                    emit(new A("a"), new B("b"), new X("x")),
                    step("sealed")
                        .emits(Progress.class)
                        .handler(Item.class, (item, context) -> new Progress(item.name())),
                    tell(3)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder("a", "b", "x")),
        Scenario.of(
            "S1_a_step_may_take_whatever_implements_an_interface",
            () ->
                List.of(
                    step("pick")
                        .emits(Apple.class, Pear.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> List.of(new Apple("red"), new Pear("green"))),
                    step("any")
                        .acceptsSubtypes(Fruit.class)
                        .emits(X.class)
                        .handler((fruit, context) -> new X("any " + ((Fruit) fruit).name())),
                    step("apples")
                        .emits(X.class)
                        .handler(Apple.class, (apple, context) -> new X("apple " + apple.name())),
                    gather(X.class, 3)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder("any red", "any green", "apple red")),
        Scenario.of(
            "S2_events_lists_and_optionals_go_on_and_null_void_and_empty_end_their_branch",
            () -> List.of(new Returns(), gather(X.class, 4)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder(
                        "optional a", "event a", "first of list a", "second of list a")),
        Scenario.of(
            "S2_a_method_that_returns_anything_else_is_refused_before_it_is_deployed",
            () -> List.of(new Returns(), gather(X.class, 4)),
            stage ->
                assertThatThrownBy(() -> stage.deploy(new ReturnsText()))
                    .isInstanceOf(InvalidStepException.class)
                    .hasMessageContainingAll("text", "String")),
        Scenario.of(
            "S2_code_that_returns_what_is_no_event_fails_its_attempt",
            () -> List.of(step("emit").handler(Begin.class, (begin, context) -> "no event")),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("java.lang.String")),
        Scenario.of(
            "S5_an_event_sent_to_one_step_comes_to_that_step_alone",
            () ->
                List.of(
                    step("emit")
                        .emits(A.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              context.sendEvent(new A("a1"), "right");
                              context.sendEvent(new A("a2"), "left");
                              return null;
                            }),
                    tag("left", A.class),
                    tag("right", A.class),
                    gather(X.class, 2)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder("right a1", "left a2")),
        Scenario.of(
            "S5_a_step_that_is_not_there_or_does_not_accept_it_raises_at_the_call",
            () ->
                List.of(
                    step("emit")
                        .emits(Done.class, A.class)
                        .handler(
                            Begin.class,
                            (begin, context) ->
                                done(refusal(context, "nobody"), refusal(context, "other"))),
                    tag("other", B.class)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class))
                    .isEqualTo(done("nobody refused", "other refused"))),
        Scenario.of(
            "S5_an_event_from_outside_may_name_its_step_too",
            () -> List.of(emit(), finish(), finishToo()),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThatThrownBy(
                      () -> run.send(new Finish(), SendOptions.ofDefaults().withToStep("nobody")))
                  .isInstanceOf(UnknownStepException.class)
                  .hasMessageContaining("nobody");
              run.send(new Finish(), SendOptions.ofDefaults().withToStep("finish-too"));
              assertThat(run.result(Done.class)).isEqualTo(done("finished, too"));
            }),
        Scenario.of(
            "S6_an_event_that_no_step_accepts_is_noted_and_seen_and_the_run_goes_on",
            () -> List.of(emit(new A("a")), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN, StartOptions.ofDefaults().withInternalEvents());
              run.await(
                  "a note", seen -> seen.notes().stream().anyMatch(n -> n.contains("unhandled")));
              run.send(new Finish());

              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
              assertThat(run.stream(StreamOptions.fromStart().withInternal()))
                  .filteredOn(event -> event.kind() == StreamedEvent.Kind.INTERNAL)
                  .extracting(event -> event.type() + event.json())
                  .anySatisfy(
                      text -> assertThat(text).containsIgnoringCase("unhandled").contains("A"));
            }),
        Scenario.of(
            "S6_a_run_of_which_only_an_unhandled_event_is_left_stalls",
            () -> List.of(emit(new A("a"))),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOf(RunStalledException.class)),
        Scenario.of(
            "S6_a_question_that_no_step_accepts_is_for_whoever_reads_the_stream",
            () ->
                List.of(
                    step("ask")
                        .emits(Question.class)
                        .handler(Begin.class, (begin, context) -> new Question("well?")),
                    finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.await("a prompt", seen -> !seen.prompts().isEmpty());
              run.send(new Finish());

              assertThat(run.stream())
                  .extracting(StreamedEvent::type)
                  .containsExactly("Question", "Done");
              assertThat(run.inspect().notes()).noneMatch(note -> note.contains("unhandled"));
            }),
        Scenario.of(
                "S6_an_event_without_a_step_waits_for_one_to_be_deployed",
                () -> List.of(emit(new A("a1"), new A("a2")), gather(X.class, 2)),
                stage -> {
                  StagedRun run = stage.start(BEGIN);
                  run.await("parked", seen -> seen.parked().equals(List.of("A", "A")));

                  stage.deploy(tag("late", A.class));

                  assertThat(run.result(Done.class).names())
                      .containsExactlyInAnyOrder("late a1", "late a2");
                })
            .notOn("a worker may take longer to start there than events wait for one", On.BROKER));
  }

  /** One method for each thing that may be returned. */
  static final class Returns {
    @Step
    public A begin(Begin begin) {
      return new A("a");
    }

    @Step
    public Optional<X> some(A a) {
      return Optional.of(new X("optional " + a.name()));
    }

    @Step
    public Optional<X> none(A a) {
      return Optional.empty();
    }

    @Step
    public X event(A a) {
      return new X("event " + a.name());
    }

    @Step
    public @Nullable X nothing(A a) {
      return null;
    }

    @Step
    public List<X> list(A a) {
      return List.of(new X("first of list " + a.name()), new X("second of list " + a.name()));
    }

    @Step
    public List<X> emptyList(A a) {
      return List.of();
    }

    @Step
    public void look(A a) {}
  }

  static final class ReturnsText {
    @Step
    public String text(A a) {
      return a.name();
    }
  }

  private static String refusal(RunContext context, String name) {
    try {
      context.sendEvent(new A("a"), name);
      return name + " taken";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage()).contains(name) ? name + " refused" : e.toString();
    }
  }

  private static StepDefinition tag(String name, Class<? extends Item> type) {
    return step(name)
        .emits(X.class)
        .handler(type, (item, context) -> new X(name + " " + item.name()));
  }

  private static StepDefinition finishToo() {
    return step("finish-too")
        .emits(Done.class)
        .handler(Finish.class, (finish, context) -> done("finished, too"));
  }

  /** Ends the run with what so many have said. */
  private static StepDefinition tell(int count) {
    return step("tell")
        .emits(Done.class)
        .handler(
            Progress.class,
            (said, context) ->
                context
                    .collectEvents(said, java.util.Collections.nCopies(count, Progress.class))
                    .map(
                        set ->
                            new Done(
                                set.list(Progress.class).stream().map(Progress::text).toList()))
                    .orElse(null));
  }
}
