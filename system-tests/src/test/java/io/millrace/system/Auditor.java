package io.millrace.system;

import static org.awaitility.Awaitility.await;

import io.millrace.OutcomeState;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunOutcome;
import io.millrace.serde.ProtocolCodec;
import io.millrace.system.tally.Tally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what there is in Kafka when all is over, and holds it against what should be: each run has
 * one outcome, that of a run without faults; no effect is there twice or missing; nothing is open;
 * nobody waits; no stream is left.
 */
final class Auditor {
  private static final ProtocolCodec<RunOutcome> OUTCOMES = ProtocolCodec.of(RunOutcome.class);

  /** What the coordinator's store keeps of an ended run: its head, and notes for a reader. */
  private static final Set<Character> KEPT = Set.of('A', 'n');

  private final Cluster cluster;
  private final EventCodec codec;
  private final List<String> problems = new ArrayList<>();

  Auditor(Cluster cluster) {
    this.cluster = cluster;
    this.codec = EventCodecs.of(cluster.client());
  }

  /**
   * @param runs all of the workflow {@code tally} that were ever started on this cluster
   * @throws AssertionError naming everything that is wrong
   */
  void audit(Collection<Run> runs) {
    problems.clear();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.outside()))) {
      awaitNobodyWaits(admin);
      checkOutcomes(runs);
      checkNothingOpen();
      checkNoDeadLetters();
      awaitNoStreams(admin);
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(
          "%d problems after %d runs:%n%s"
              .formatted(problems.size(), runs.size(), String.join("\n", problems)));
    }
  }

  private void checkOutcomes(Collection<Run> runs) {
    Map<String, List<RunOutcome>> found = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read("millrace.outcomes")) {
      RunOutcome outcome = OUTCOMES.decode(record.value());
      if (outcome.getWorkflow().equals(Load.TALLY.name())) {
        found.computeIfAbsent(outcome.getRunId(), id -> new ArrayList<>()).add(outcome);
      }
    }
    for (Run run : runs) {
      List<RunOutcome> outcomes = found.remove(run.id());
      if (outcomes == null || outcomes.size() != 1) {
        problems.add(run.id() + " has the outcomes " + outcomes + ", not one");
      } else {
        check(run, outcomes.get(0));
      }
    }
    found.keySet().forEach(id -> problems.add(id + " was never started, and has an outcome"));
  }

  private void check(Run run, RunOutcome outcome) {
    if (outcome.getStatus() != OutcomeStatus.COMPLETED) {
      problems.add(run.id() + " is " + outcome);
      return;
    }
    ByteBuffer value = outcome.getResult().getValue();
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    Object result = codec.decode(bytes, codec.typeOf(Tally.class));
    expect(run, "result", result, run.expected());
    OutcomeState state = new OutcomeState(outcome.getState());
    int sacks = run.count().sacks();
    expect(run, "unloaded", state.get("unloaded", Long.class).orElse(0L), 1L);
    expect(run, "weighed", state.get("weighed", Long.class).orElse(0L), (long) sacks);
    expect(run, "kilos", state.get("kilos", Long.class).orElse(0L), run.kilos());
    expect(run, "gathered", state.get("gathered", Long.class).orElse(0L), 1L);
    expect(run, "sealed", state.get("sealed", Long.class).orElse(0L), 1L);
    expect(run, "scales", state.list("scales", String.class).size(), sacks);
    expect(
        run,
        "numbers",
        state.list("numbers", Integer.class).stream().sorted().toList(),
        IntStream.range(0, sacks).boxed().toList());
  }

  private void expect(Run run, String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      problems.add("%s: %s is %s, not %s".formatted(run.id(), what, found, expected));
    }
  }

  /** By the changelog of the coordinators' store: what is not deleted in it is there. */
  private void checkNothingOpen() {
    Map<String, Character> entries = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(changelog())) {
      byte[] key = record.key();
      int end = 0;
      while (end < key.length && key[end] != 0) {
        end++;
      }
      // Keys of the task's own begin with a control character.
      if (end == 0 || end == key.length || key[0] < ' ') {
        continue;
      }
      String entry = new String(key, StandardCharsets.ISO_8859_1);
      if (record.value() == null) {
        entries.remove(entry);
      } else {
        entries.put(entry, (char) key[end + 1]);
      }
    }
    Map<String, Set<Character>> left = new TreeMap<>();
    entries.forEach(
        (entry, kind) -> {
          if (!KEPT.contains(kind)) {
            left.computeIfAbsent(entry.substring(0, entry.indexOf('\0')), id -> new TreeSet<>())
                .add(kind);
          }
        });
    left.forEach((run, kinds) -> problems.add(run + " has ended and left entries " + kinds));
  }

  private String changelog() {
    return "millrace.coordinator-runs-changelog";
  }

  private void checkNoDeadLetters() {
    for (ConsumerRecord<byte[], byte[]> letter : read("millrace.dead-letters")) {
      problems.add("a dead letter of " + new String(letter.key(), StandardCharsets.UTF_8));
    }
  }

  /** Dispatches that nobody has taken would be taken one day, and be work for nothing. */
  private void awaitNobodyWaits(Admin admin) {
    await("that the groups of all steps have read all dispatches")
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              Map<String, Long> waiting = new Lag(admin).ofGroups("millrace.");
              if (!waiting.isEmpty()) {
                throw new AssertionError("dispatches wait: " + waiting);
              }
            });
  }

  private void awaitNoStreams(Admin admin) {
    await("that the streams of ended runs are deleted")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              Set<String> streams = new HashSet<>(topics(admin));
              streams.removeIf(topic -> !topic.contains(".stream."));
              if (!streams.isEmpty()) {
                throw new AssertionError("streams are left: " + streams);
              }
            });
  }

  private static Set<String> topics(Admin admin) throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get();
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return TopicReading.all(cluster.outside(), topic);
  }
}
