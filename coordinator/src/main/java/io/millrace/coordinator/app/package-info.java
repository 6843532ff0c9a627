/**
 * The coordinator as a process: configuration, start, readiness, stop. Start reading at {@link
 * io.millrace.coordinator.app.CoordinatorApp}.
 */
@NullMarked
package io.millrace.coordinator.app;

import org.jspecify.annotations.NullMarked;
