/** The baseline: the same chains as plain Kafka loops, as a careful engineer writes them. */
@org.jspecify.annotations.NullMarked
package io.millrace.bench.raw;
