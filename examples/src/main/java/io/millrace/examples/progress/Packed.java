package io.millrace.examples.progress;

import io.millrace.StopEvent;

/** The result. */
public record Packed(int sacks) implements StopEvent {}
