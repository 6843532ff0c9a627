/** The steps of the benchmarks: they do no work, and each runs in a process of its own. */
@org.jspecify.annotations.NullMarked
package io.millrace.bench.step;
