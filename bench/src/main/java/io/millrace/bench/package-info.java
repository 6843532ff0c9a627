/** Benchmarks against raw Kafka in the same run. */
@org.jspecify.annotations.NullMarked
package io.millrace.bench;
