package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.BufferState;
import io.millrace.CollectSpec;
import io.millrace.RunStalledException;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs of which nothing is left to do. */
final class StallScenarios {
  private StallScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "R6_a_stalled_run_says_of_each_buffer_what_it_holds_and_lacks",
            () -> List.of(emit(new A("a1"), new A("a2"), new B("b1")), byKind(), pairs()),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOfSatisfying(
                        RunStalledException.class,
                        stalled ->
                            assertThat(stalled.buffers())
                                .containsExactlyInAnyOrder(
                                    new BufferState("kinds", "A", Map.of("A", 2), Map.of("A", 1)),
                                    new BufferState("kinds", "B", Map.of("B", 1), Map.of("B", 2)),
                                    new BufferState(
                                        "pairs",
                                        "default",
                                        Map.of("A", 2, "B", 1),
                                        Map.of("X", 1))))
                    .hasMessageContainingAll("kinds", "pairs")),
        Scenario.of(
            "R6_a_run_that_collects_nothing_and_has_nothing_left_stalls_too",
            () -> List.of(emit()),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOfSatisfying(
                        RunStalledException.class,
                        stalled -> assertThat(stalled.buffers()).isEmpty())),
        Scenario.of(
            "R6_a_run_with_a_retry_ahead_has_not_stalled",
            () ->
                List.of(
                    step("later")
                        .emits(Done.class)
                        .retry(
                            RetryPolicy.ofDefaults()
                                .withMaxAttempts(2)
                                .withDelay(Duration.ofSeconds(3), 1))
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              if (context.attempt() == 1) {
                                throw new IllegalStateException("not yet");
                              }
                              return done("later");
                            })),
            stage -> assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("later"))));
  }

  /** A buffer for each type, which wants three of it. */
  private static StepDefinition byKind() {
    return step("kinds")
        .accepts(A.class, B.class)
        .handler(
            (item, context) -> {
              Class<?> type = item.getClass();
              context.collectEvents(
                  item, CollectSpec.of(type, type, type).inBuffer(type.getSimpleName()));
              return null;
            });
  }

  /** Wants an X, too, which nobody emits. */
  private static StepDefinition pairs() {
    return step("pairs")
        .accepts(A.class, B.class, X.class)
        .handler(
            (item, context) -> {
              context.collectEvents(item, A.class, B.class, X.class);
              return null;
            });
  }
}
