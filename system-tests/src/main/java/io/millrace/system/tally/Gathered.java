package io.millrace.system.tally;

import io.millrace.Event;
import java.util.List;

/**
 * All sacks.
 *
 * @param numbers sorted
 */
public record Gathered(long kilos, List<Integer> numbers) implements Event {}
