package io.millrace.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Take;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.FailureKind;
import io.millrace.protocol.JoinDeclaration;
import io.millrace.protocol.JoinKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class JoinsTest {
  sealed interface Part extends Event permits A, B {}

  record A(int n) implements Part {}

  record B(int n) implements Part {}

  record End(String text) implements StopEvent {}

  static class Both {
    @Step
    public End both(A first, B other, A second, RunContext context) {
      return new End(first + " " + other + " " + second + " " + context.runId());
    }
  }

  static class Pair {
    @Step
    public End pair(B b, A a) {
      return new End(b + " " + a);
    }
  }

  static class Over {
    @Step
    public End over(List<Part> parts) {
      return new End(parts.toString());
    }
  }

  static class First {
    @Step
    @Take(2)
    public End first(List<A> parts, RunContext context) {
      return new End(parts.toString());
    }
  }

  static class Split {
    @Step(emits = End.class)
    public List<Part> split(A event, RunContext context) {
      return List.of();
    }
  }

  private static StepRegistration registration(Object step) {
    return StepRegistrations.of(StepDefinitions.of(step).get(0), "mill", 1, new Namespace("test"));
  }

  @Test
  void C6_several_event_parameters_are_a_join_of_their_types_in_order() {
    StepRegistration both = registration(new Both());

    assertThat(both.getJoin())
        .isEqualTo(new JoinDeclaration(JoinKind.ALL_OF, List.of("A", "B", "A"), null));
    assertThat(both.getAccepts()).extracting(EventDeclaration::getType).containsExactly("A", "B");
  }

  @Test
  void C6_the_method_is_called_with_the_set_in_the_order_of_its_parameters() {
    RunnerFixture three = new RunnerFixture(new Both());
    RunnerFixture two = new RunnerFixture(new Pair());

    three.runJoined(new A(1), new B(2), new A(3));
    two.runJoined(new B(1), new A(2));

    assertThat(three.emitted(End.class)).containsExactly(new End("A[n=1] B[n=2] A[n=3] run-1"));
    assertThat(two.emitted(End.class)).containsExactly(new End("B[n=1] A[n=2]"));
  }

  @Test
  void C6_a_set_of_other_types_is_not_readable_by_this_version_and_may_be_by_another() {
    RunnerFixture fixture = new RunnerFixture(new Pair());

    assertUnreadable(fixture.runJoined(new A(1), new B(2)));
    fixture.joined = null;
    assertUnreadable(fixture.run(new A(1)));
  }

  private static void assertUnreadable(TryResult result) {
    TryResult.Failed failed = (TryResult.Failed) result;
    assertThat(failed.kind()).isEqualTo(FailureKind.UNREADABLE_EVENT);
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void C7_a_list_parameter_is_a_join_over_a_fan_out_of_the_elements_types() {
    assertThat(registration(new Over()).getJoin())
        .isEqualTo(new JoinDeclaration(JoinKind.FAN_OUT, List.of("A", "B"), null));
    assertThat(registration(new First()).getJoin())
        .isEqualTo(new JoinDeclaration(JoinKind.FAN_OUT, List.of("A"), 2));
  }

  @Test
  void C7_the_method_is_called_with_the_list_also_with_an_empty_one() {
    RunnerFixture some = new RunnerFixture(new Over());
    RunnerFixture none = new RunnerFixture(new Over());

    some.runJoined(new B(1), new A(2), new B(3));
    none.runJoined();

    assertThat(some.emitted(End.class)).containsExactly(new End("[B[n=1], A[n=2], B[n=3]]"));
    assertThat(none.emitted(End.class)).containsExactly(new End("[]"));
  }

  @Test
  void C7_what_a_step_returns_in_a_list_is_declared_as_members_of_a_fan_out() {
    assertThat(registration(new Split()).getEmits())
        .extracting(EventDeclaration::getType, EventDeclaration::getFanOut)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A", true),
            org.assertj.core.groups.Tuple.tuple("B", true),
            org.assertj.core.groups.Tuple.tuple("End", false));
  }

  @Test
  void joins_can_be_built_without_annotations() {
    StepDefinition all =
        StepDefinition.named("all").joins(B.class, A.class).handler((set, context) -> null);
    StepDefinition over =
        StepDefinition.named("over").joinsFirst(3, Part.class).handler((set, context) -> null);

    assertThat(StepRegistrations.of(all, "mill", 1, new Namespace("test")).getJoin())
        .isEqualTo(new JoinDeclaration(JoinKind.ALL_OF, List.of("B", "A"), null));
    assertThat(StepRegistrations.of(over, "mill", 1, new Namespace("test")).getJoin())
        .isEqualTo(new JoinDeclaration(JoinKind.FAN_OUT, List.of("A", "B"), 3));
  }

  static class Collects {
    @Step
    public End collects(List<A> parts, RunContext context) {
      context.collectEvents(parts, A.class);
      return null;
    }
  }

  @Test
  void a_join_that_collects_is_told_so_when_it_does() {
    TryResult.Failed failed =
        (TryResult.Failed) new RunnerFixture(new Collects()).runJoined(new A(1));

    assertThat(failed.error().getMessage())
        .contains("step collects is called with complete sets", "leave collectEvents out");
  }

  static class Broken {
    @Step
    public void sealed(A a, Part part) {}

    @Step
    public void open(A a, Event event) {}

    @Step
    public void listAndEvent(A a, List<B> events) {}

    @Step(accepts = A.class)
    public void named(A a, B b) {}

    @Step
    public void texts(List<String> events) {}

    @Step
    public void wild(List<? extends Part> events) {}

    @Step
    public void bag(Collection<A> events) {}

    @Step
    public void set(Set<A> events) {}

    @Step
    public void openList(List<Event> events) {}

    @Step
    public void between(A a, RunContext context, B b) {}

    @Step
    @Take(2)
    public void takesOne(A event) {}

    @Step
    @Take(0)
    public void takesNone(List<A> events) {}

    @Step
    public void ends(List<End> events) {}
  }

  @Test
  void S9_C6_C7_what_cannot_be_joined_is_refused_with_what_to_do() {
    InvalidStepException e =
        catchThrowableOfType(InvalidStepException.class, () -> StepDefinitions.of(new Broken()));

    assertThat(String.join("\n", e.problems()))
        .contains(
            "sealed: joins io.millrace.step.JoinsTest$Part, which is not one exact event",
            "open: joins io.millrace.Event, which is not one exact event",
            "listAndEvent: joins a List and other events",
            "named: joins the events of its parameters; leave accepts out",
            "texts: accepts String: ",
            "wild: takes java.util.List<? extends",
            "bag: takes java.util.Collection<",
            "set: takes java.util.Set<",
            "openList: accepts io.millrace.Event, which does not say which events",
            "between: the RunContext is not the last parameter",
            "takesOne: has @Take, which is for a step that takes a List",
            "takesNone: a join takes 0; the least is 1",
            "ends: accepts End, a stop event");
    assertThat(e.problems()).hasSize(13);
  }
}
