/**
 * What there is, for those who show it (the HTTP API, the command): runs, read from the changelog
 * of the store; dead letters; workflows. Start reading at {@link
 * io.millrace.coordinator.index.RunIndex}, {@link io.millrace.coordinator.index.DeadLetterReader}
 * and {@link io.millrace.coordinator.index.WorkflowOutline}.
 */
@NullMarked
package io.millrace.coordinator.index;

import org.jspecify.annotations.NullMarked;
