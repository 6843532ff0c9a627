package io.millrace.examples.rag;

/**
 * A word of the question in one field of one passage.
 *
 * @param norm the field's length as Lucene encodes it
 */
public record TermMatch(String field, String term, int frequency, long norm) {}
