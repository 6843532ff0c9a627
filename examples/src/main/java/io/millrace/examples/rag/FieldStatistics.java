package io.millrace.examples.rag;

/**
 * Of one field over the passages of a shard; the sums of all shards are those of the folder.
 *
 * @param passages that have the field
 * @param words with repetitions
 * @param entries distinct words of each passage, added up
 */
public record FieldStatistics(String field, long passages, long words, long entries) {
  FieldStatistics plus(FieldStatistics other) {
    return new FieldStatistics(
        field, passages + other.passages, words + other.words, entries + other.entries);
  }
}
