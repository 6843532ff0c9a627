/** Tests of steps without Kafka, a registry or a test library. */
@org.jspecify.annotations.NullMarked
package io.millrace.test;
