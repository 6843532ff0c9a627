package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.reason;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Reason;
import io.millrace.coordinator.core.RunEffect.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of completions (law 6), and how many of them a run keeps: here 3. */
class ChunksTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final RunFixture run =
      new RunFixture(null, step("first").accepts("Begin"), step("work").accepts("Work"))
          .limits(new Limits(DAY, DAY, DAY, 100, 100, 9, 3, 9, 9, 9));

  private final Target first = target(run.start(), "first");

  @Test
  void law_6_a_completion_is_what_it_says_and_what_was_shipped_beyond_that_is_dropped() {
    run.apply(chunk(0));
    run.apply(chunk(1));
    run.apply(chunk(2));
    long digest = new Fingerprint().addPlain(encoded(0)).addPlain(encoded(1)).first8();

    run.apply(new RunInput.StepCompleted(first.token(), "w", "t", 2, digest, List.of(), 0));

    assertThat(run.running().open()).isEqualTo(2);
    assertThat(run.running().chunks()).isZero();
  }

  @Test
  void law_6_a_completion_whose_chunks_are_not_as_they_were_sent_is_tried_again() {
    run.apply(chunk(0));

    List<RunEffect> effects =
        run.apply(new RunInput.StepCompleted(first.token(), "w", "t", 1, 7, List.of(), 0));

    assertThat(reason(effects)).isEqualTo(Reason.CHUNK_MISMATCH);
    assertThat(target(effects, "first")).isEqualTo(first);
  }

  @Test
  void R10_there_are_as_many_chunks_as_effects_and_no_more() {
    assertThat(reason(run.apply(chunk(-1)))).isEqualTo(Reason.CHUNK_MISMATCH);
    assertThat(reason(run.apply(chunk(3)))).isEqualTo(Reason.CHUNK_MISMATCH);
    assertThat(run.apply(chunk(2))).isEmpty();
    assertThat(reason(run.apply(chunk(2)))).isEqualTo(Reason.DUPLICATE);
    assertThat(run.apply(chunk(0))).isEmpty();
    assertThat(run.apply(chunk(1))).isEmpty();

    RunInput ofAnotherTry =
        new RunInput.CompletionChunk(first.token(), "u", 0, List.of(), Bytes.EMPTY);
    assertThat(reason(run.apply(ofAnotherTry))).isEqualTo(Reason.CHUNK_MISMATCH);
    assertThat(run.running().chunks()).isEqualTo(3);
  }

  private RunInput chunk(int index) {
    return new RunInput.CompletionChunk(
        first.token(), "t", index, List.of(emit("Work")), encoded(index));
  }

  private static Bytes encoded(int index) {
    return Bytes.copyOf(("chunk " + index).getBytes(StandardCharsets.UTF_8));
  }
}
