/**
 * What has happened in a run, for a person who looks: its inputs, read from the run log again and
 * applied by the core's own rules. Start reading at {@link
 * io.millrace.coordinator.history.RunHistories}.
 */
@NullMarked
package io.millrace.coordinator.history;

import org.jspecify.annotations.NullMarked;
