/**
 * All runs that are remembered, for lists: read from the changelog of the store. Start reading at
 * {@link io.millrace.coordinator.index.RunIndex}.
 */
@NullMarked
package io.millrace.coordinator.index;

import org.jspecify.annotations.NullMarked;
