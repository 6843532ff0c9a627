package io.millrace.system;

import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.topology.RunHeads;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the changelog of the coordinators' store says of runs: what is not deleted in it is there.
 * Of a run that has ended there is its head, notes for a reader, and the two timers that will
 * delete its stream and itself.
 */
final class StoreAudit {
  private static final Set<String> LAST_TIMERS = Set.of("purge", "expire-stream");

  private StoreAudit() {}

  /**
   * @param runs ids of those that have ended; others are not looked at
   * @param changelog from its beginning
   */
  static void check(
      Collection<String> runs, List<ConsumerRecord<byte[], byte[]>> changelog, Findings findings) {
    Map<ByteBuffer, byte[]> entries = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : changelog) {
      if (record.value() == null) {
        entries.remove(ByteBuffer.wrap(record.key()));
      } else {
        entries.put(ByteBuffer.wrap(record.key()), record.value());
      }
    }
    Set<String> headless = new TreeSet<>(runs);
    Set<String> ended = new HashSet<>(headless);
    Map<String, Set<String>> left = new TreeMap<>();
    entries.forEach(
        (key, value) ->
            StoreEntry.of(key.array())
                .filter(entry -> ended.contains(entry.run()))
                .ifPresent(
                    entry -> {
                      if (entry.kind() == StoreEntry.HEAD) {
                        headless.remove(entry.run());
                        checkHead(entry.run(), value, findings);
                      } else if (!mayStay(entry)) {
                        left.computeIfAbsent(entry.run(), run -> new TreeSet<>())
                            .add(entry.kind() + " " + entry.name());
                      }
                    }));
    headless.forEach(run -> findings.add("the store has no head of " + run));
    left.forEach((run, what) -> findings.add(run + " has ended and left entries " + what));
  }

  private static void checkHead(String run, byte[] value, Findings findings) {
    RunState state = RunHeads.decode(value);
    if (!(state instanceof RunState.Finished)) {
      findings.add(run + " has ended, and to the store it is " + state);
    }
  }

  private static boolean mayStay(StoreEntry entry) {
    return switch (entry.kind()) {
      case StoreEntry.NOTE -> true;
      case StoreEntry.TIMER -> LAST_TIMERS.contains(entry.name());
      default -> false;
    };
  }
}
