package io.millrace.system;

import io.millrace.protocol.OutcomeStatus;

/**
 * A run of a workflow that no load is made of.
 *
 * @param status how it has ended
 */
record OtherRun(String workflow, String id, OutcomeStatus status) {}
