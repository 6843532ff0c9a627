package io.millrace.coordinator.history;

import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.Token;
import io.millrace.coordinator.history.RunHistory.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An attempt while it is being replayed. Not thread-safe. */
final class AttemptTrace {
  private final Token token;
  private final Instant dispatchedAt;
  private @Nullable Instant adoptedAt;
  private @Nullable String worker;
  private @Nullable Instant endedAt;
  private @Nullable End end;
  private @Nullable String detail;
  private @Nullable ErrorInfo error;
  private final Map<String, Integer> emitted = new TreeMap<>();
  private final List<String> wrote = new ArrayList<>();
  private int streamed;

  AttemptTrace(Token token, Instant dispatchedAt) {
    this.token = token;
    this.dispatchedAt = dispatchedAt;
  }

  boolean isOpenFor(Token other) {
    return end == null && token.equals(other);
  }

  boolean isOpen() {
    return end == null;
  }

  void adopted(String by, Instant at) {
    worker = by;
    adoptedAt = at;
  }

  void by(String who, int events) {
    worker = who;
    streamed = events;
  }

  void did(List<StepEffect> effects) {
    for (StepEffect effect : effects) {
      if (effect instanceof StepEffect.Emit emit) {
        emitted.merge(emit.event().type(), 1, Integer::sum);
      } else if (effect instanceof StepEffect.StateWrite write && !wrote.contains(write.key())) {
        wrote.add(write.key());
      }
    }
  }

  void failed(ErrorInfo with) {
    error = with;
  }

  void ended(End how, @Nullable String why, Instant at) {
    end = how;
    detail = why;
    endedAt = at;
  }

  RunHistory.Attempt done() {
    ErrorInfo failure = error;
    return new RunHistory.Attempt(
        token.attempt(),
        dispatchedAt,
        Optional.ofNullable(adoptedAt),
        Optional.ofNullable(worker),
        Optional.ofNullable(endedAt),
        Optional.ofNullable(end),
        Optional.ofNullable(detail),
        failure == null
            ? Optional.empty()
            : Optional.of(
                new RunHistory.Failure(failure.type(), failure.message(), failure.stack())),
        emitted,
        List.copyOf(wrote),
        streamed);
  }
}
