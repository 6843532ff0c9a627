package io.millrace.examples.waiting;

import io.millrace.StopEvent;

/** The result: how much dough was baked. */
public record Bread(int flourGrams, int waterMillilitres) implements StopEvent {}
