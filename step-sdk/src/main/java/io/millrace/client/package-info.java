/** The client side: requests, replies, outcomes and stream reading over Kafka alone. */
@org.jspecify.annotations.NullMarked
package io.millrace.client;
