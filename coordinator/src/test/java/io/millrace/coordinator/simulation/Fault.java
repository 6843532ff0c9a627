package io.millrace.coordinator.simulation;

/** What may go wrong. */
enum Fault {
  /** A coordinator dies: state, outputs and offset fall back together, its dispatches stay. */
  COORDINATOR_CRASH,
  /** A transaction stays open for longer, so that a crash takes more with it. */
  LATE_COMMIT,
  /** A coordinator that has lost its partition works on for a while, with an older graph. */
  COORDINATOR_ZOMBIE,
  /** A producer's retry, or anybody, writes a record a second time, at once or much later. */
  REPEATED_RECORD,
  LATE_RECORD,
  /** What a coordinator appends to the run log does not get there. */
  LOST_APPEND,
  REPEATED_TIMER,
  /** A timer that is no longer set fires all the same. */
  STALE_TIMER,
  /** The send of a dispatch fails, although the record may be there. */
  FAILED_DISPATCH,
  LATE_DISPATCH,
  /** A group hands a record to a second worker while the first has it. */
  REDELIVERY,
  /** A record is consumed and nobody does the work. */
  VANISHED_RECORD,
  WORKER_DIES_BEFORE_WRITING,
  WORKER_DIES_AFTER_WRITING,
  /** A worker stands still past its lease and then goes on as if nothing had been. */
  WORKER_FREEZES,
  /** A healthy worker is declared lost. */
  WRONG_SUSPICION,
  /** A worker goes on with work that was called back. */
  DEAF_WORKER,
  REGISTRY_OUTAGE,
  REFUSED_COMPLETION,
  LOST_CHUNK,
  STEP_FAILS,
  /** A second try of the same attempt does something else. */
  UNSTABLE_STEP,
  /** The append time of a partition jumps. */
  CLOCK_SKEW,
  GARBAGE
}
