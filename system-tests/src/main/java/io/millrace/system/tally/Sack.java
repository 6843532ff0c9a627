package io.millrace.system.tally;

import io.millrace.Event;

/**
 * One of them.
 *
 * @param number from 0
 */
public record Sack(int number, int of, int kilos, boolean aloud) implements Event {}
