/**
 * Topics and run streams: what the coordinator creates, what it checks, what it puts on streams
 * after commit, what it deletes. Start reading at {@link
 * io.millrace.coordinator.publish.StreamPublisher}.
 */
@NullMarked
package io.millrace.coordinator.publish;

import org.jspecify.annotations.NullMarked;
