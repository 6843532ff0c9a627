package io.millrace.examples.rag;

/**
 * A sentence, list item, table row or line of code.
 *
 * @param line where it begins; first is 1
 */
public record Sentence(int line, String text) {}
