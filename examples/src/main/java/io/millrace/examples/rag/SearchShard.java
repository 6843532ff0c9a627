package io.millrace.examples.rag;

import io.millrace.Event;
import java.util.List;

/**
 * Search these documents.
 *
 * @param shard first is 0
 * @param of how many shards the folder was cut into, which is how many results there will be
 * @param paths relative to the folder, with forward slashes
 */
public record SearchShard(String question, int shard, int of, List<String> paths) implements Event {
  public SearchShard {
    paths = List.copyOf(paths);
  }
}
