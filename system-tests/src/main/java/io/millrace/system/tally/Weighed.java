package io.millrace.system.tally;

import io.millrace.Event;

/** A sack that was weighed. */
public record Weighed(int number, int of, int kilos) implements Event {}
