package io.millrace.system.tally;

import io.millrace.Event;

/**
 * One of them.
 *
 * @param number from 0
 * @param millis how long it takes to weigh it
 */
public record Sack(int number, int of, int kilos, boolean aloud, long millis) implements Event {}
