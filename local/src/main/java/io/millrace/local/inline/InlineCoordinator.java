package io.millrace.local.inline;

import io.millrace.coordinator.codec.Outgoing;
import io.millrace.protocol.StepRegistration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A coordinator to which time and inputs are given one after the other. Not thread-safe. */
public interface InlineCoordinator extends AutoCloseable {
  /** An input that the coordinator itself puts on the run log. */
  record Appended(String runId, byte[] input) {}

  /** From now on the step is in the graph. */
  void register(StepRegistration step);

  /**
   * Applies the next record of the run log.
   *
   * @return what it wrote
   */
  List<Outgoing> apply(String runId, byte[] input, Instant at);

  /** What was applied is lasting. */
  void commit();

  /** What was applied since the last commit was never applied; it will be given again. */
  void rollBack();

  /**
   * When the next timer is due.
   *
   * @param runId null: of any run
   */
  Optional<Instant> nextTimer(@Nullable String runId);

  /** What is due now, to be put on the run log. */
  List<Appended> due(Instant now);

  @Override
  default void close() {}
}
