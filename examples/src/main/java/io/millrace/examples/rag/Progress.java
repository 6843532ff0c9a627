package io.millrace.examples.rag;

import io.millrace.Event;

/** On the stream only: what is going on, for a person to read. */
public record Progress(String step, String message) implements Event {}
