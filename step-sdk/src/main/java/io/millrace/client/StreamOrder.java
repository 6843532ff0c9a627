package io.millrace.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a stream a reader shows (law 11). Per execution one try is current; another is
 * newer if its epoch, round or attempt is higher, or if these are equal and it was never seen
 * before.
 *
 * <pre>
 * record                                         verdict
 * of the publisher, its fact seen                SKIP
 * of the publisher, else                         SHOW
 * first of its execution                         SHOW
 * of the current try, number seen                SKIP
 * of the current try, number new                 SHOW
 * of a try that is older, or was superseded      SKIP
 * of a newer try                                 RESTARTED; that try is current
 * </pre>
 *
 * Not thread-safe.
 */
final class StreamOrder {
  enum Verdict {
    SHOW,
    /** Show, after telling that what this execution has shown so far is superseded. */
    RESTARTED,
    SKIP
  }

  private static final class Current {
    private final StreamEntry newest;
    private final Set<String> superseded;
    private long sequence;

    Current(StreamEntry first, Set<String> superseded) {
      this.newest = first;
      this.superseded = superseded;
      this.sequence = first.sequence();
    }
  }

  private final Map<String, Current> executions = new HashMap<>();
  private final Set<String> facts = new HashSet<>();

  Verdict judge(StreamEntry entry) {
    if (!entry.factId().isEmpty()) {
      return facts.add(entry.factId()) ? Verdict.SHOW : Verdict.SKIP;
    }
    if (entry.executionId().isEmpty()) {
      return Verdict.SHOW;
    }
    @Nullable Current current = executions.get(entry.executionId());
    if (current == null) {
      executions.put(entry.executionId(), new Current(entry, new HashSet<>()));
      return Verdict.SHOW;
    }
    if (entry.tryId().equals(current.newest.tryId())) {
      if (entry.sequence() <= current.sequence) {
        return Verdict.SKIP;
      }
      current.sequence = entry.sequence();
      return Verdict.SHOW;
    }
    if (current.superseded.contains(entry.tryId()) || isOlder(entry, current.newest)) {
      return Verdict.SKIP;
    }
    current.superseded.add(current.newest.tryId());
    executions.put(entry.executionId(), new Current(entry, current.superseded));
    return Verdict.RESTARTED;
  }

  private static boolean isOlder(StreamEntry entry, StreamEntry than) {
    if (entry.epoch() != than.epoch()) {
      return entry.epoch() < than.epoch();
    }
    if (entry.round() != than.round()) {
      return entry.round() < than.round();
    }
    return entry.attempt() < than.attempt();
  }
}
