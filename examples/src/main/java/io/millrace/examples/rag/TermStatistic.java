package io.millrace.examples.rag;

/**
 * Of one word of the question in one field over the passages of a shard; additive as {@link
 * FieldStatistics}.
 *
 * @param passages that have the word
 * @param occurrences with repetitions
 */
public record TermStatistic(String field, String term, long passages, long occurrences) {
  TermStatistic plus(TermStatistic other) {
    return new TermStatistic(
        field, term, passages + other.passages, occurrences + other.occurrences);
  }
}
