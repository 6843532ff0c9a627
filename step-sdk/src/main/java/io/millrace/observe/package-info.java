/**
 * Who hears what clients and workers do, for metrics and traces. The module {@code
 * millrace-observe} has an implementation; without one on the class path nothing is told to
 * anybody.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.observe;
