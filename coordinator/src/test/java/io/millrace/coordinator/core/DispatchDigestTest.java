package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.CaughtFailure;
import io.millrace.coordinator.core.RunEffect.CollectedSet;
import io.millrace.coordinator.core.RunEffect.WaitAnswer;
import io.millrace.coordinator.core.StateValue.Decimal;
import io.millrace.coordinator.core.StateValue.Many;
import io.millrace.coordinator.core.StateValue.Opaque;
import io.millrace.coordinator.core.StateValue.Whole;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DispatchDigestTest {
  private static final Event A = RunFixture.event("a", "A");
  private static final Event B = RunFixture.event("b", "A");
  private static final Bytes ONE = Bytes.copyOf(new byte[] {1});

  private final Set<Long> seen = new HashSet<>();

  @Test
  void law_1_what_is_dispatched_again_unchanged_has_the_same_digest() {
    assertThat(DispatchDigest.of(A, state(new Whole(1)), List.of(), List.of(), null, null))
        .isEqualTo(DispatchDigest.of(A, state(new Whole(1)), List.of(), List.of(), null, null));
  }

  @Test
  void law_1_another_event_has_another_digest() {
    unseen(new Event("a", "A", EventKind.EVENT, ONE, null), Map.of(), List.of(), List.of());
    unseen(new Event("b", "A", EventKind.EVENT, ONE, null), Map.of(), List.of(), List.of());
    unseen(new Event("a", "B", EventKind.EVENT, ONE, null), Map.of(), List.of(), List.of());
    unseen(new Event("a", "A", EventKind.EVENT, Bytes.EMPTY, null), Map.of(), List.of(), List.of());
  }

  @Test
  void law_1_another_state_has_another_digest() {
    unseen(Map.of());
    unseen(state(new Whole(1)));
    unseen(state(new Whole(2)));
    unseen(Map.of("other", new VersionedValue(new Whole(1), 7)));
    unseen(Map.of("key", new VersionedValue(new Whole(1), 8)));
    unseen(state(new Decimal(Double.longBitsToDouble(1))));
    unseen(state(new Decimal(Double.longBitsToDouble(2))));
    unseen(state(new Opaque(ONE)));
    unseen(state(new Opaque(Bytes.EMPTY)));
    unseen(state(new Many(List.of())));
    unseen(state(new Many(List.of(ONE))));
    unseen(state(new Many(List.of(Bytes.EMPTY))));
    unseen(state(new Many(List.of(ONE, ONE))));
  }

  @Test
  void law_1_another_set_or_answer_has_another_digest() {
    unseen(A, Map.of(), List.of(), List.of());
    unseen(A, Map.of(), List.of(new CollectedSet("x", List.of(A))), List.of());
    unseen(A, Map.of(), List.of(new CollectedSet("y", List.of(A))), List.of());
    unseen(A, Map.of(), List.of(new CollectedSet("x", List.of(B))), List.of());
    unseen(A, Map.of(), List.of(new CollectedSet("x", List.of(A, B))), List.of());
    unseen(A, Map.of(), List.of(), List.of(new WaitAnswer("x", A)));
    unseen(A, Map.of(), List.of(), List.of(new WaitAnswer("x", B)));
    unseen(A, Map.of(), List.of(), List.of(new WaitAnswer("x", null)));
    unseen(A, Map.of(), List.of(), List.of(new WaitAnswer("y", null)));
  }

  @Test
  void law_1_another_join_has_another_digest() {
    unseen(A, null, null);
    unseen(A, List.of(), null);
    unseen(A, List.of(A), null);
    unseen(A, List.of(B), null);
    unseen(A, List.of(A, B), null);
    unseen(A, List.of(B, A), null);
  }

  @Test
  void law_1_another_failure_has_another_digest() {
    Duration second = Duration.ofSeconds(1);
    ErrorInfo error = new ErrorInfo("type", "message", "stack");

    unseen(A, null, null);
    unseen(A, null, new CaughtFailure("step", A, error, 1, second));
    unseen(A, null, new CaughtFailure("other", A, error, 1, second));
    unseen(A, null, new CaughtFailure("step", B, error, 1, second));
    unseen(A, null, new CaughtFailure("step", A, error, 2, second));
    unseen(A, null, new CaughtFailure("step", A, error, 1, second.plusMillis(1)));
    unseen(A, null, new CaughtFailure("step", A, new ErrorInfo("t", "message", ""), 1, second));
    unseen(A, null, new CaughtFailure("step", A, new ErrorInfo("type", "m", ""), 1, second));
    unseen(A, null, new CaughtFailure("step", A, new ErrorInfo("type", "message", ""), 1, second));
  }

  private static Map<String, VersionedValue> state(StateValue value) {
    return Map.of("key", new VersionedValue(value, 7));
  }

  private void unseen(Map<String, VersionedValue> state) {
    unseen(A, state, List.of(), List.of());
  }

  private void unseen(
      Event event,
      Map<String, VersionedValue> state,
      List<CollectedSet> sets,
      List<WaitAnswer> answers) {
    unseen(
        DispatchDigest.of(event, state, sets, answers, null, null),
        "%s %s %s %s".formatted(event, state, sets, answers));
  }

  private void unseen(Event event, @Nullable List<Event> joined, @Nullable CaughtFailure failure) {
    unseen(
        DispatchDigest.of(event, Map.of(), List.of(), List.of(), joined, failure),
        "%s %s %s".formatted(event, joined, failure));
  }

  private void unseen(long digest, String of) {
    assertThat(digest).isNotZero();
    assertThat(seen.add(digest)).as(of).isTrue();
  }
}
