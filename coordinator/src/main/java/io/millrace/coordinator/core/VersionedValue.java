package io.millrace.coordinator.core;

/**
 * A state value and the run-wide sequence number of the write that made it.
 *
 * @param version from 1; never re-used (law 15)
 */
public record VersionedValue(StateValue value, long version) {}
