/**
 * What the coordinator's core and the codecs cost, in one thread and without Kafka: JMH. {@link
 * io.millrace.bench.jmh.JmhSmokeTest} runs each of them once.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.bench.jmh;
