package io.millrace.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.RunState;
import io.millrace.StateTypeException;
import io.millrace.UndeclaredStateKeyException;
import io.millrace.protocol.AppendState;
import io.millrace.protocol.IncrementState;
import io.millrace.protocol.RemoveState;
import io.millrace.protocol.SetState;
import io.millrace.protocol.StateValue;
import io.millrace.protocol.UpdateState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class StepStateTest {
  record In() implements Event {}

  record Person(String name, int age) {}

  @Test
  void T1_a_step_reads_the_state_as_of_its_dispatch_and_its_own_writes() {
    // given
    RunnerFixture fixture =
        step(
            state -> {
              assertThat(state.get("text", String.class)).contains("old");
              assertThat(state.get("missing", String.class)).isEmpty();
              assertThat(state.list("missing", String.class)).isEmpty();
              state.set("text", "new");
              assertThat(state.get("text", String.class)).contains("new");
              state.remove("text");
              assertThat(state.get("text", String.class)).isEmpty();
            });
    fixture.state("text", "old");

    // when
    run(fixture);

    // then
    assertThat(fixture.bodies())
        .containsExactly(
            new SetState("text", new StateValue(json("\"new\""))), new RemoveState("text"));
  }

  @Test
  void T3_an_update_names_the_version_that_it_was_made_from() {
    // given
    RunnerFixture fixture =
        step(
            state -> {
              assertThat(state.update("sum", Long.class, sum -> sum.orElse(0L) + 2)).isEqualTo(42);
              assertThat(state.get("sum", Long.class)).contains(42L);
              assertThat(state.update("sum", Long.class, sum -> sum.orElse(0L) + 1)).isEqualTo(43);
              state.update("new", String.class, text -> text.orElse("none yet"));
            });
    fixture.state("sum", 40L);

    // when
    run(fixture);

    // then
    assertThat(fixture.bodies())
        .containsExactly(
            new UpdateState("sum", 1L, new StateValue(42L)),
            new UpdateState("sum", 1L, new StateValue(43L)),
            new UpdateState("new", 0L, new StateValue(json("\"none yet\""))));
  }

  @Test
  void T1_values_come_back_as_the_type_they_were_written_with() {
    RunnerFixture fixture =
        step(
            state -> {
              Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
              state.set("int", 7);
              state.set("long", Long.MAX_VALUE);
              state.set("double", 0.5);
              state.set("flag", true);
              state.set("person", new Person("Ada", 36));
              state.set("map", Map.of("k", List.of(1, 2)));
              state.set("time", now);
              state.set("people", List.of(new Person("Ada", 36), new Person("Bob", 7)));
              assertThat(state.get("int", Integer.class)).contains(7);
              assertThat(state.get("int", long.class)).contains(7L);
              assertThat(state.get("long", Long.class)).contains(Long.MAX_VALUE);
              assertThat(state.get("double", double.class)).contains(0.5);
              assertThat(state.get("flag", Boolean.class)).contains(true);
              assertThat(state.get("person", Person.class)).contains(new Person("Ada", 36));
              assertThat(state.get("map", Map.class).get()).isEqualTo(Map.of("k", List.of(1, 2)));
              assertThat(state.get("time", Instant.class)).contains(now);
              assertThat(state.list("people", Person.class))
                  .containsExactly(new Person("Ada", 36), new Person("Bob", 7));
              assertThat(state.get("people", List.class).get()).hasSize(2);
            });
    run(fixture);
    assertThat(values(fixture))
        .containsEntry("int", 7L)
        .containsEntry("double", 0.5)
        .containsEntry("flag", json("true"));
    assertThat(values(fixture).get("people")).isInstanceOf(List.class);
  }

  @Test
  void T1_reading_as_another_type_raises_and_says_what_the_key_holds() {
    RunnerFixture fixture =
        step(
            state -> {
              assertThatThrownBy(() -> state.get("text", Integer.class))
                  .isInstanceOf(StateTypeException.class)
                  .hasMessageContaining("state text holds JSON");
              assertThatThrownBy(() -> state.get("half", Long.class))
                  .isInstanceOf(StateTypeException.class)
                  .hasMessageContaining("state half holds a number");
              assertThatThrownBy(() -> state.get("big", int.class))
                  .isInstanceOf(StateTypeException.class);
              assertThatThrownBy(() -> state.list("text", String.class))
                  .isInstanceOf(StateTypeException.class);
              assertThatThrownBy(() -> state.increment("text", 1))
                  .isInstanceOf(StateTypeException.class);
              assertThatThrownBy(() -> state.append("text", 1))
                  .isInstanceOf(StateTypeException.class);
              assertThatThrownBy(() -> state.set("null", null))
                  .isInstanceOf(StateTypeException.class)
                  .hasMessageContaining("remove it instead");
              assertThatThrownBy(() -> state.set(" ", 1))
                  .isInstanceOf(IllegalArgumentException.class);
            });
    fixture.state("text", "words");
    fixture.state("half", 0.5);
    fixture.state("big", 1L << 40);
    run(fixture);
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void T2_increments_and_appends_are_effects_of_their_own_and_seen_at_once() {
    // given
    RunnerFixture fixture =
        step(
            state -> {
              state.increment("count", 2);
              state.increment("count", 0.5);
              state.increment("fresh", 1);
              state.append("log", "b");
              state.append("new", new Person("Ada", 36));
              assertThat(state.get("count", Double.class)).contains(12.5);
              assertThat(state.get("fresh", Long.class)).contains(1L);
              assertThat(state.list("log", String.class)).containsExactly("a", "b");
              assertThat(state.list("new", Person.class)).containsExactly(new Person("Ada", 36));
            });
    fixture.state("count", 10);
    fixture.state("log", List.of("a"));

    // when
    run(fixture);

    // then
    assertThat(fixture.bodies())
        .containsExactly(
            new IncrementState("count", 2L),
            new IncrementState("count", 0.5),
            new IncrementState("fresh", 1L),
            new AppendState("log", json("\"b\"")),
            new AppendState("new", json("{\"name\":\"Ada\",\"age\":36}")));
  }

  @Test
  void T4_reading_an_undeclared_key_raises_and_writing_it_does_not() {
    // given
    RunnerFixture fixture =
        new RunnerFixture(
            StepDefinition.named("s")
                .reads("declared")
                .handler(
                    In.class,
                    (event, context) -> {
                      assertThat(context.state().get("declared", int.class)).contains(1);
                      assertThatThrownBy(() -> context.state().get("other", int.class))
                          .isInstanceOf(UndeclaredStateKeyException.class)
                          .hasMessageContaining(
                              "reads state other but declares reads = [declared]");
                      assertThatThrownBy(() -> context.state().list("other", int.class))
                          .isInstanceOf(UndeclaredStateKeyException.class);
                      context.state().set("other", 1);
                      context.state().increment("other", 1);
                      return null;
                    }));
    fixture.state("declared", 1);

    // when
    run(fixture);

    // then
    assertThat(fixture.effects).hasSize(2);
  }

  @Test
  void sets_of_values_can_be_written() {
    RunnerFixture fixture =
        step(
            state -> {
              state.set("set", Set.of("x"));
              assertThat(state.get("set", Set.class).get()).isEqualTo(Set.of("x"));
            });
    run(fixture);
  }

  private static RunnerFixture step(Consumer<RunState> body) {
    return new RunnerFixture(
        StepDefinition.named("s")
            .handler(
                In.class,
                (event, context) -> {
                  body.accept(context.state());
                  return null;
                }));
  }

  /** Failed assertions inside the step are failures of the try. */
  private static void run(RunnerFixture fixture) {
    assertThat(fixture.run(new In())).isEqualTo(new TryResult.Completed());
  }

  private static Map<String, Object> values(RunnerFixture fixture) {
    return fixture.bodies().stream()
        .map(SetState.class::cast)
        .collect(Collectors.toMap(SetState::getKey, set -> set.getValue().getValue()));
  }

  private static ByteBuffer json(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
