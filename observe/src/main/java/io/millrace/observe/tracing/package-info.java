/** Spans of OpenTelemetry. */
@org.jspecify.annotations.NullMarked
package io.millrace.observe.tracing;
