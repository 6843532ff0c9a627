/** The processes of a benchmark, and what they cost. */
@org.jspecify.annotations.NullMarked
package io.millrace.bench.stack;
