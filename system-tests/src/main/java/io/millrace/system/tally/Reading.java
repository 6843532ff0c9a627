package io.millrace.system.tally;

import io.millrace.Event;

/** What the scale says, on the stream. */
public record Reading(int number, int kilos) implements Event {}
