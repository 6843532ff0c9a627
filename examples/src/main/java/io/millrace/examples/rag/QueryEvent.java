package io.millrace.examples.rag;

/** The question, on its way to where the answer is worded. */
public record QueryEvent(String query) implements SynthesizeInput {}
