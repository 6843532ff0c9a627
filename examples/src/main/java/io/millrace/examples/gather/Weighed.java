package io.millrace.examples.gather;

import io.millrace.Event;

/**
 * The grain in one sack.
 *
 * @param number of the sack; first is 1
 * @param of how many sacks there are, so that whoever gathers knows when all are there
 */
public record Weighed(int number, int of, int netKilos) implements Event {}
