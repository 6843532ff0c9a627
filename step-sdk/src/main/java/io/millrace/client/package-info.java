/**
 * The client side: requests, replies, outcomes and stream reading over Kafka alone.
 *
 * <p>Begin with {@code KafkaWorkflowClient} (checks before anything is written) and {@code
 * AbstractRunHandle}. {@code Requests} writes to the run log and waits; {@code ClientLoop} is the
 * one thread that reads replies, outcomes and registrations. {@code StreamReader} is a reading of a
 * run's stream, {@code StreamOrder} what it shows.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.client;
