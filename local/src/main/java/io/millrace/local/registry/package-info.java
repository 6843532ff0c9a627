/**
 * A schema registry for development: speaks the Confluent REST protocol, keeps its contents in a
 * folder if asked. Start at {@link io.millrace.local.registry.DevRegistry}.
 */
@NullMarked
package io.millrace.local.registry;

import org.jspecify.annotations.NullMarked;
