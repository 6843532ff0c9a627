package io.millrace.examples.progress;

import io.millrace.Event;

/** On the stream only: this step has done so many sacks of so many. */
public record Working(String step, int done, int of) implements Event {}
