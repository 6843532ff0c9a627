package io.millrace.examples.human;

import io.millrace.InputRequiredEvent;

/** The question, on the run's stream. */
public record NumberNeeded(String prompt) implements InputRequiredEvent {}
