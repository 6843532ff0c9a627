/**
 * Between bytes and the core: run inputs in, effects out, store entries both ways. Start reading at
 * {@link io.millrace.coordinator.codec.RunInputCodec}.
 */
@NullMarked
package io.millrace.coordinator.codec;

import org.jspecify.annotations.NullMarked;
