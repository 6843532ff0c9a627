/**
 * Client of a schema registry that speaks the Confluent REST API: one port, {@link
 * io.millrace.registry.SchemaRegistry}, with an HTTP client, a cache and an in-process registry
 * behind it. Start at {@link io.millrace.registry.SchemaRegistries}.
 */
@NullMarked
package io.millrace.registry;

import org.jspecify.annotations.NullMarked;
