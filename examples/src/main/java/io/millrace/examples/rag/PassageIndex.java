package io.millrace.examples.rag;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * A Lucene index in memory over the passages of one shard. Its scores say which passages of the
 * shard are best; to compare them with those of other shards, {@link PassageRanking} needs the
 * statistics that come with them, because how rare a word is can only be said of all documents.
 */
final class PassageIndex implements AutoCloseable {
  static final String TITLE = "title";
  static final String HEADING = "heading";
  static final String BODY = "body";
  static final List<String> FIELDS = List.of(BODY, HEADING, TITLE);

  private final List<Passage> passages;
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;

  PassageIndex(List<Passage> passages) {
    this.passages = List.copyOf(passages);
    try {
      // One writer thread and one segment: document numbers are positions in the list.
      IndexWriterConfig config = new IndexWriterConfig(Words.ENGLISH);
      config.setSimilarity(new BM25Similarity());
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (Passage passage : passages) {
          writer.addDocument(document(passage));
        }
        writer.forceMerge(1);
      }
      reader = DirectoryReader.open(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory
    }
  }

  /** How much a word in the field says about the passage, against a word in the body. */
  static float weight(String field) {
    return switch (field) {
      case TITLE -> 0.6f;
      case HEADING -> 1.2f;
      default -> 1.0f;
    };
  }

  /**
   * Searches for passages with at least one of the terms.
   *
   * @param most candidates to return
   */
  Found search(Set<String> terms, int most) {
    try {
      List<FieldStatistics> fields = new ArrayList<>();
      List<TermStatistic> statistics = new ArrayList<>();
      BooleanQuery.Builder query = new BooleanQuery.Builder();
      for (String field : FIELDS) {
        fields.add(
            new FieldStatistics(
                field,
                reader.getDocCount(field),
                reader.getSumTotalTermFreq(field),
                reader.getSumDocFreq(field)));
        for (String text : terms) {
          Term term = new Term(field, text);
          query.add(new BoostQuery(new TermQuery(term), weight(field)), Occur.SHOULD);
          if (reader.docFreq(term) > 0) {
            statistics.add(
                new TermStatistic(field, text, reader.docFreq(term), reader.totalTermFreq(term)));
          }
        }
      }
      return new Found(fields, statistics, candidates(query.build(), terms, most));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory
    }
  }

  record Found(
      List<FieldStatistics> fields, List<TermStatistic> terms, List<Candidate> candidates) {}

  private List<Candidate> candidates(BooleanQuery query, Set<String> terms, int most)
      throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    if (!passages.isEmpty() && !terms.isEmpty()) {
      List<ScoreDoc> hits = new ArrayList<>();
      for (ScoreDoc hit : new IndexSearcher(reader).search(query, most).scoreDocs) {
        hits.add(hit);
      }
      hits.sort(Comparator.comparingInt(hit -> hit.doc));
      for (ScoreDoc hit : hits) {
        candidates.add(new Candidate(passages.get(hit.doc), matches(hit.doc, terms)));
      }
    }
    return candidates;
  }

  private List<TermMatch> matches(int doc, Set<String> terms) throws IOException {
    LeafReader leaf = reader.leaves().get(0).reader();
    List<TermMatch> matches = new ArrayList<>();
    for (String field : FIELDS) {
      for (String term : terms) {
        PostingsEnum postings = leaf.postings(new Term(field, term), PostingsEnum.FREQS);
        NumericDocValues norms = leaf.getNormValues(field);
        if (postings != null && postings.advance(doc) == doc && norms.advanceExact(doc)) {
          matches.add(new TermMatch(field, term, postings.freq(), norms.longValue()));
        }
      }
    }
    return matches;
  }

  private static Document document(Passage passage) {
    Document document = new Document();
    String name = passage.path().replaceAll("\\.\\w+$", "").replace('/', ' ').replace('-', ' ');
    document.add(new TextField(TITLE, passage.title() + " " + name, Store.NO));
    document.add(new TextField(HEADING, passage.heading(), Store.NO));
    document.add(new TextField(BODY, passage.text(), Store.NO));
    return document;
  }

  @Override
  public void close() {
    try {
      reader.close();
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory
    }
  }
}
