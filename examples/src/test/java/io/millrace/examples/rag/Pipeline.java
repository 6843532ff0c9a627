package io.millrace.examples.rag;

import io.millrace.examples.Pace;
import java.util.ArrayList;
import java.util.List;

/** The steps' work one after the other, without Kafka and without a context. */
final class Pipeline {
  private Pipeline() {}

  static Answer ask(DocumentFolder folder, String question) {
    return answer(question, search(folder, question));
  }

  static Answer answer(String question, List<ShardResult> shards) {
    return ExtractiveAnswer.of(question, PassageRanking.best(shards, 8));
  }

  static List<ShardResult> search(DocumentFolder folder, String question) {
    List<List<String>> shards = Plan.shards(folder.documents());
    Retrieve retrieve = new Retrieve(folder, Pace.NONE);
    List<ShardResult> results = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      results.add(retrieve.search(new SearchShard(question, i, shards.size(), shards.get(i))));
    }
    return results;
  }
}
