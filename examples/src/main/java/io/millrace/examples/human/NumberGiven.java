package io.millrace.examples.human;

import io.millrace.HumanResponseEvent;

/** The answer, from outside. */
public record NumberGiven(int value) implements HumanResponseEvent {}
