package io.millrace.examples.human;

import io.millrace.StopEvent;

/** The result: the number that was given. */
public record Entered(int value) implements StopEvent {}
