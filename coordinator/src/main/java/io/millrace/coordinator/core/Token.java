package io.millrace.coordinator.core;

/**
 * Names one invocation of one execution (law 1).
 *
 * @param attempt first is 1
 * @param round bumped by every re-invocation that is not a failure
 * @param digest first 8 bytes of the SHA-256 of all that was dispatched
 */
public record Token(String executionId, int attempt, int round, long digest) {}
