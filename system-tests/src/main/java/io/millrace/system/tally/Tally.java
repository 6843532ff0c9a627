package io.millrace.system.tally;

import io.millrace.StopEvent;
import java.util.List;

/** What was counted, and who sealed it. */
public record Tally(long kilos, List<Integer> numbers, String sealedBy) implements StopEvent {}
