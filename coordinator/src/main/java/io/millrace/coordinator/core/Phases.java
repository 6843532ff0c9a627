package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import java.time.Instant;

/**
 * The moves of an open execution.
 *
 * <pre>
 *              +--------------- reinvoked (set, answer, update) ------------+
 *              v                                                            |
 * opened -> QUEUED -> DISPATCHED -> RUNNING -------------------------------+-> closed
 *              ^          |  ^         |  |
 *              |          v  |         v  v
 *              |       RETRYING <------+  SUSPENDED, CONTENDING --+
 *              +--------------------------------------------------+
 * </pre>
 */
final class Phases {
  private Phases() {}

  static OpenExecution opened(
      String id, String step, Event event, Lineage lineage, Entry.Input input, Instant now) {
    return new OpenExecution(
        id, step, event, Phase.QUEUED, 1, 0, 0, null, 0, 0, 0, 0, now, now, null, lineage, input);
  }

  static OpenExecution dispatched(OpenExecution e, long digest, long sequence, Instant now) {
    Instant first = e.sequence() == 0 ? now : e.firstDispatchedAt();
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        Phase.DISPATCHED,
        e.attempt(),
        e.round(),
        digest,
        null,
        e.lost(),
        e.failures(),
        e.faults(),
        sequence,
        first,
        now,
        e.lastError(),
        e.lineage(),
        e.input());
  }

  static OpenExecution adopted(OpenExecution e, String worker, Instant now) {
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        Phase.RUNNING,
        e.attempt(),
        e.round(),
        e.digest(),
        worker,
        e.lost(),
        e.failures(),
        0,
        e.sequence(),
        e.firstDispatchedAt(),
        now,
        e.lastError(),
        e.lineage(),
        e.input());
  }

  /** Its worker died with it: the same try once more. */
  static OpenExecution lost(OpenExecution e) {
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        e.phase(),
        e.attempt(),
        e.round(),
        e.digest(),
        null,
        e.lost() + 1,
        e.failures(),
        e.faults(),
        e.sequence(),
        e.firstDispatchedAt(),
        e.since(),
        e.lastError(),
        e.lineage(),
        e.input());
  }

  /** The step failed: its next attempt is to come. The old token is void at once. */
  static OpenExecution failed(OpenExecution e, ErrorInfo error, Instant now) {
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        Phase.RETRYING,
        e.attempt() + 1,
        e.round(),
        0,
        null,
        0,
        e.failures() + 1,
        0,
        e.sequence(),
        e.firstDispatchedAt(),
        now,
        error,
        e.lineage(),
        e.input());
  }

  /** Nobody's attempt failed, yet it did not work: again, later. {@code sameToken}: as it was. */
  static OpenExecution faulted(OpenExecution e, boolean sameToken, Instant now) {
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        Phase.RETRYING,
        e.attempt(),
        sameToken ? e.round() : e.round() + 1,
        sameToken ? e.digest() : 0,
        null,
        e.lost(),
        e.failures(),
        e.faults() + 1,
        e.sequence(),
        e.firstDispatchedAt(),
        now,
        e.lastError(),
        e.lineage(),
        e.input());
  }

  /** What it was given comes from elsewhere too (law 17). */
  static OpenExecution moved(OpenExecution e, Lineage lineage) {
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        e.phase(),
        e.attempt(),
        e.round(),
        e.digest(),
        e.worker(),
        e.lost(),
        e.failures(),
        e.faults(),
        e.sequence(),
        e.firstDispatchedAt(),
        e.since(),
        e.lastError(),
        lineage,
        e.input());
  }

  /** To be invoked again with something new; not a failure. */
  static OpenExecution reinvoked(OpenExecution e, Instant now) {
    return in(Phase.QUEUED, e, e.round() + 1, now);
  }

  /** Its run has failed: it is no longer out, and keeps its place for a redrive. */
  static OpenExecution frozen(OpenExecution e, Instant now) {
    return in(Phase.RETRYING, e, e.round(), now);
  }

  /** Given up, as it is kept for a redrive. */
  static OpenExecution givenUp(OpenExecution e, ErrorInfo error) {
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        e.phase(),
        e.attempt(),
        e.round(),
        e.digest(),
        e.worker(),
        e.lost(),
        e.failures(),
        e.faults(),
        e.sequence(),
        e.firstDispatchedAt(),
        e.since(),
        error,
        e.lineage(),
        e.input());
  }

  /** Begins its attempts anew (E5); the round goes on, so that no old token matches. */
  static OpenExecution redriven(OpenExecution e, Instant now) {
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        Phase.QUEUED,
        1,
        e.round() + 1,
        0,
        null,
        0,
        0,
        0,
        e.sequence(),
        now,
        now,
        e.lastError(),
        e.lineage(),
        e.input());
  }

  /** Lost the race of an update: waits for its turn, and keeps its place meanwhile. */
  static OpenExecution contending(OpenExecution e, Instant now) {
    return in(Phase.CONTENDING, e, e.round(), now);
  }

  static OpenExecution suspended(OpenExecution e, Instant now) {
    return in(Phase.SUSPENDED, e, e.round(), now);
  }

  private static OpenExecution in(Phase phase, OpenExecution e, int round, Instant now) {
    return new OpenExecution(
        e.id(),
        e.step(),
        e.event(),
        phase,
        e.attempt(),
        round,
        0,
        null,
        e.lost(),
        e.failures(),
        0,
        e.sequence(),
        e.firstDispatchedAt(),
        now,
        e.lastError(),
        e.lineage(),
        e.input());
  }

  /** Whether a worker may hold the execution's current token. */
  static boolean out(OpenExecution e) {
    return e.digest() != 0;
  }

  /** Whether it takes one of its step's places (S7). */
  static boolean holdsPlace(OpenExecution e) {
    return e.phase() != Phase.QUEUED && e.phase() != Phase.SUSPENDED;
  }
}
