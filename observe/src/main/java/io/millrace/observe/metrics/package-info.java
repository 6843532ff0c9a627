/** Meters of a process and where they can be read. */
@org.jspecify.annotations.NullMarked
package io.millrace.observe.metrics;
