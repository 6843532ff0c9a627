package io.millrace.coordinator.core;

/**
 * Ids that derive from their causes (law 8), so that a replay makes the same ones and nothing needs
 * a random number. The first field of each names its domain: ids of two domains never meet.
 */
final class Ids {
  private Ids() {}

  /** Tells two runs of one id apart: the second begins at another offset. */
  static String life(String runId, long startOffset) {
    return Fingerprint.of("life", runId).add(startOffset).hex();
  }

  /** Two starts are the same start if their events are. */
  static String startDigest(Event start) {
    return Fingerprint.of("start", start.type()).add(start.value()).hex();
  }

  static String rootCause(String life, String workflow) {
    return Fingerprint.of("root", life, workflow).hex();
  }

  static String externalCause(String life, String eventId) {
    return Fingerprint.of("external", life, eventId).hex();
  }

  /** Also the id of the emitted event: what the worker calls it need not be unique. */
  static String emittedCause(String executionId, int emissionIndex) {
    return Fingerprint.of("emitted", executionId).add(emissionIndex).hex();
  }

  static String promptCause(String executionId, String waiterId) {
    return Fingerprint.of("prompt", executionId, waiterId).hex();
  }

  /** Also the id of the event that a failure's handler is invoked with. */
  static String failureCause(String executionId) {
    return Fingerprint.of("failure", executionId).hex();
  }

  static String fanOut(String executionId) {
    return Fingerprint.of("fan-out", executionId).hex();
  }

  /** Also the id of the event that stands for a join's set. */
  static String joinedCause(String fanOut, String joinStep) {
    return Fingerprint.of("joined", fanOut, joinStep).hex();
  }

  static String execution(String cause, String step) {
    return Fingerprint.of("execution", cause, step).hex();
  }

  /** From -1 to 1, the same for the same execution and attempt (E1). */
  static double jitter(String executionId, int attempt) {
    long bits = Fingerprint.of("jitter", executionId).add(attempt).first8();
    return (bits >>> 11) / (double) (1L << 52) - 1.0;
  }
}
