package io.millrace.examples.gather;

import io.millrace.Event;

/**
 * One sack of a delivery.
 *
 * @param number first is 1
 * @param of how many there are
 */
public record Sack(int number, int of, int grossKilos) implements Event {}
