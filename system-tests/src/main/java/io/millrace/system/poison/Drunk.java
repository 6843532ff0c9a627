package io.millrace.system.poison;

import io.millrace.StopEvent;

/**
 * The cup is empty, or was taken away.
 *
 * @param error why it was taken away; empty if it was not
 */
public record Drunk(String error) implements StopEvent {}
