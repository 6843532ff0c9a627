package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunInput.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the code of a step does when it is run, before anybody has run it. */
sealed interface Plan {
  /**
   * @param collects types of the set that it waits for; empty: it does not
   * @param emits types of events
   * @param members types of what it returns in a list; null: it returns none
   * @param update it reads the counter and writes one more
   * @param other 0: no other write, else which
   */
  record Complete(
      List<String> collects,
      List<String> emits,
      @Nullable List<String> members,
      boolean update,
      int other,
      int chunks)
      implements Plan {}

  /** Fails with part of its work done. */
  record Fail(FailureKind kind, boolean retryable, Complete done) implements Plan {}

  /**
   * @param order what the answer's field of that name must be; null: anything
   * @param timeoutMillis null: none
   */
  record Suspend(
      String waiterId, @Nullable String order, @Nullable Integer timeoutMillis, boolean prompts)
      implements Plan {}
}
