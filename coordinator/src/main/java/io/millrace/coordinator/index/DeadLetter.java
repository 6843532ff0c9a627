package io.millrace.coordinator.index;

import java.time.Instant;
import java.util.Optional;

/**
 * An event whose step failed for good, or a record that nobody could read. What the record does not
 * tell is empty.
 *
 * @param offset in the topic of dead letters
 * @param executionId what a redrive of the run may name
 * @param origin topic-partition@offset of a record that could not be read
 * @param event its fields as JSON text, if it can be read
 */
public record DeadLetter(
    long offset,
    Instant at,
    Optional<String> runId,
    Optional<String> workflow,
    Optional<String> step,
    Optional<String> executionId,
    Optional<String> eventId,
    Optional<String> eventType,
    Optional<Integer> attempts,
    Optional<String> errorType,
    Optional<String> errorMessage,
    Optional<String> origin,
    Optional<String> event) {}
