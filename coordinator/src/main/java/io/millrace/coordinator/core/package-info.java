/**
 * The coordinator's core: pure, deterministic, {@code java.*} only. One function applies one input
 * to one run; it has no clock, logger, random, I/O or Kafka type. Start reading at {@link
 * io.millrace.coordinator.core.RunCore}.
 */
@NullMarked
package io.millrace.coordinator.core;

import org.jspecify.annotations.NullMarked;
