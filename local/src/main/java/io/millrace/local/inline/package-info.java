/**
 * A coordinator, a worker and their topics as plain objects on virtual time: what {@link
 * io.millrace.local.LocalWorkflow} is made of, and what runs scenarios without Kafka. Not for
 * programs; may change at any time. Begin with {@link io.millrace.local.inline.InlineEngine}.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.local.inline;
