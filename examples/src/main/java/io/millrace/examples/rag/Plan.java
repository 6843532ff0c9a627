package io.millrace.examples.rag;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import java.util.ArrayList;
import java.util.List;

/** Cuts the folder into shards, asks for a search of each, and hands the question on. */
public final class Plan {
  /** More would not be faster on a few machines; each result is collected in one set. */
  static final int MAX_SHARDS = 16;

  private final DocumentFolder folder;

  public Plan(DocumentFolder folder) {
    this.folder = folder;
  }

  @Step(emits = SearchShard.class, streams = Progress.class)
  public QueryEvent plan(Ask ask, RunContext context) {
    List<List<String>> shards = shards(folder.documents());
    int documents = shards.stream().mapToInt(List::size).sum();
    context.writeEventToStream(
        new Progress("plan", documents + " documents in " + shards.size() + " shards"));
    for (int shard = 0; shard < shards.size(); shard++) {
      context.sendEvent(new SearchShard(ask.question(), shard, shards.size(), shards.get(shard)));
    }
    return new QueryEvent(ask.question());
  }

  /** Each document in one shard; as many shards as documents, up to the bound. */
  static List<List<String>> shards(List<String> documents) {
    List<List<String>> shards = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      if (i < MAX_SHARDS) {
        shards.add(new ArrayList<>());
      }
      shards.get(i % MAX_SHARDS).add(documents.get(i));
    }
    return shards;
  }

  public static void main(String[] args) {
    StepWorker.of("rag", new Plan(DocumentFolder.configured(args))).run();
  }
}
