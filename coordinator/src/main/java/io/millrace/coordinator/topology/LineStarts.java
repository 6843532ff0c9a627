package io.millrace.coordinator.topology;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where the entries of a name begin, for those that stand in line. What has left a line leaves
 * tombstones at its front, and a scan from the beginning would crawl over all of them: taking
 * 10,000 from a line one by one would cost 10,000 squared. So a scan begins where the last one
 * found its first entry. A line that is forgotten here is scanned from its beginning. Not
 * thread-safe.
 */
final class LineStarts {
  private final int most;

  /** No entry that is stored in this line comes before this key. */
  private final Map<Bytes, Bytes> starts = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most lines remembered, those that were used last
   */
  LineStarts(int most) {
    this.most = most;
  }

  /** Where a scan of this line may begin. */
  Bytes of(Bytes line) {
    return starts.getOrDefault(line, line);
  }

  /** A scan has found no stored entry of the line before this key. */
  void begins(Bytes line, Bytes first) {
    starts.put(line, first);
    if (starts.size() > most) {
      starts.remove(starts.keySet().iterator().next());
    }
  }

  /** An entry is being stored, maybe in front of all others. */
  void stored(Bytes line, Bytes key) {
    Bytes start = starts.get(line);
    if (start != null && key.compareTo(start) < 0) {
      starts.put(line, key);
    }
  }
}
