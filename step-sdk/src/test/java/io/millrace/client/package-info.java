/** The client's parts without Kafka. */
@org.jspecify.annotations.NullMarked
package io.millrace.client;
