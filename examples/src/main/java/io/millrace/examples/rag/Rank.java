package io.millrace.examples.rag;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Gathers the results of all shards and picks the best passages of the whole folder. */
public final class Rank {
  private static final int PASSAGES = 8;

  @Step(streams = Progress.class)
  public @Nullable RetrieveEvent rank(ShardResult result, RunContext context) {
    // Every result knows how many there are, so no matter which one comes first.
    return context
        .collectEvents(result, Collections.nCopies(result.of(), ShardResult.class))
        .map(all -> new RetrieveEvent(PassageRanking.best(all.list(ShardResult.class), PASSAGES)))
        .orElse(null);
  }

  public static void main(String[] args) {
    StepWorker.of("rag", new Rank()).run();
  }
}
