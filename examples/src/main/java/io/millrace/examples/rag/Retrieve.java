package io.millrace.examples.rag;

import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.examples.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Searches the passages of one shard; run more copies to search more shards at once. */
public final class Retrieve {
  /** Of one shard. The answer is in the best of them, or the shard does not have it. */
  private static final int CANDIDATES = 10;

  private final DocumentFolder folder;
  private final Pace pace;

  public Retrieve(DocumentFolder folder) {
    this(folder, Pace.configured(Duration.ZERO));
  }

  Retrieve(DocumentFolder folder, Pace pace) {
    this.folder = folder;
    this.pace = pace;
  }

  @Step(streams = Progress.class, retry = @Retry(maxAttempts = 3, delay = "500ms"))
  public ShardResult retrieve(SearchShard search, RunContext context) throws InterruptedException {
    pace.pause();
    ShardResult result = search(search);
    context.writeEventToStream(
        new Progress(
            "retrieve",
            result.candidates().size() + " passages in " + String.join(", ", search.paths())));
    return result;
  }

  ShardResult search(SearchShard search) {
    List<Passage> passages = new ArrayList<>();
    for (String path : search.paths()) {
      passages.addAll(Passages.of(path, folder.lines(path)));
    }
    try (PassageIndex index = new PassageIndex(passages)) {
      PassageIndex.Found found =
          index.search(Words.ENGLISH.termsOfQuestion(search.question()), CANDIDATES);
      return new ShardResult(
          search.question(),
          search.shard(),
          search.of(),
          found.fields(),
          found.terms(),
          found.candidates());
    }
  }

  public static void main(String[] args) {
    StepWorker.of("rag", new Retrieve(DocumentFolder.configured(args))).run();
  }
}
