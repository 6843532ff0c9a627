/**
 * Runs steps against Kafka: takes dispatches, runs tries, makes completions durable. {@link
 * io.millrace.worker.Worker} is where to start reading.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.worker;
