package io.millrace.examples.progress;

import io.millrace.Event;

/** All sacks are ground. */
public record Ground(int sacks) implements Event {}
