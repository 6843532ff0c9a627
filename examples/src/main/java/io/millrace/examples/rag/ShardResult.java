package io.millrace.examples.rag;

import io.millrace.Event;
import java.util.List;

/**
 * What one shard has to say: its best passages, and the numbers that let passages of different
 * shards be compared.
 *
 * @param of how many results there are for this question
 */
public record ShardResult(
    String question,
    int shard,
    int of,
    List<FieldStatistics> fields,
    List<TermStatistic> terms,
    List<Candidate> candidates)
    implements Event {
  public ShardResult {
    fields = List.copyOf(fields);
    terms = List.copyOf(terms);
    candidates = List.copyOf(candidates);
  }
}
