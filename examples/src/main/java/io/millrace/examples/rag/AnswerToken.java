package io.millrace.examples.rag;

import io.millrace.Event;

/** On the stream only: the next piece of the answer's text, with its white space. */
public record AnswerToken(String text) implements Event {}
