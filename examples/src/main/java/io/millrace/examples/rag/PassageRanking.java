package io.millrace.examples.rag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.BytesRef;

/**
 * Scores the candidates of all shards as one index over all documents would: BM25 with the sums of
 * the shards' statistics. The result does not depend on the order in which the shards came.
 */
final class PassageRanking {
  private static final Comparator<RankedPassage> BEST_FIRST =
      Comparator.comparingDouble(RankedPassage::score)
          .reversed()
          .thenComparing(ranked -> ranked.passage().path())
          .thenComparing(ranked -> ranked.passage().line());

  private final Map<String, FieldStatistics> fields = new TreeMap<>();
  private final Map<String, TermStatistic> terms = new TreeMap<>();
  private final Map<String, Double> rarity = new TreeMap<>();
  private final BM25Similarity similarity = new BM25Similarity();

  private PassageRanking(Collection<ShardResult> shards) {
    for (ShardResult shard : shards) {
      shard.fields().forEach(f -> fields.merge(f.field(), f, FieldStatistics::plus));
      shard.terms().forEach(t -> terms.merge(key(t.field(), t.term()), t, TermStatistic::plus));
    }
    long passages = fields.values().stream().mapToLong(FieldStatistics::passages).max().orElse(0);
    for (TermStatistic term : terms.values()) {
      double idf = Math.log(1 + (passages - term.passages() + 0.5) / (term.passages() + 0.5));
      rarity.merge(term.term(), idf, Math::min);
    }
  }

  /** The best passages, best first. */
  static List<RankedPassage> best(Collection<ShardResult> shards, int most) {
    PassageRanking ranking = new PassageRanking(shards);
    List<RankedPassage> ranked = new ArrayList<>();
    for (ShardResult shard : shards) {
      for (Candidate candidate : shard.candidates()) {
        ranked.add(new RankedPassage(candidate.passage(), ranking.score(candidate)));
      }
    }
    ranked.sort(BEST_FIRST);
    return List.copyOf(ranked.subList(0, Math.min(most, ranked.size())));
  }

  /** BM25 of all fields, less where words of the question are missing. */
  private double score(Candidate candidate) {
    double score = 0;
    Set<String> matched = new HashSet<>();
    for (TermMatch match : candidate.matches()) { // in order of field and term, so sums are equal
      score += bm25(match);
      matched.add(match.term());
    }
    double all = rarity.values().stream().mapToDouble(r -> r).sum();
    double there =
        rarity.entrySet().stream()
            .filter(entry -> matched.contains(entry.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    return score * (0.3 + 0.7 * there / all);
  }

  private float bm25(TermMatch match) {
    FieldStatistics field = statistics(fields, match.field());
    TermStatistic term = statistics(terms, key(match.field(), match.term()));
    return similarity
        .scorer(
            PassageIndex.weight(match.field()),
            new CollectionStatistics(
                match.field(), field.passages(), field.passages(), field.words(), field.entries()),
            new TermStatistics(new BytesRef(match.term()), term.passages(), term.occurrences()))
        .score(match.frequency(), match.norm());
  }

  private static <T> T statistics(Map<String, T> all, String key) {
    T found = all.get(key);
    if (found == null) {
      throw new IllegalStateException("a shard sent a match without statistics for " + key);
    }
    return found;
  }

  private static String key(String field, String term) {
    return field + ":" + term;
  }
}
