package io.millrace.system;

import static org.awaitility.Awaitility.await;

import io.millrace.coordinator.topology.RunHeads;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.protocol.Namespace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what there is in Kafka when all is over, and holds it against what should be: each run has
 * one outcome, that of a run without faults; no effect is there twice or missing; nothing is open;
 * nobody waits; no stream is left. What it has reported once it does not report again.
 */
final class Auditor {
  private static final Namespace MILLRACE = new Namespace(Namespace.DEFAULT);
  private static final String TALLY = Load.TALLY.name();

  /** The steps' groups, and what they accept. */
  static final Map<String, Set<String>> GROUPS =
      Map.of(
          MILLRACE.group(TALLY, "unload"), Set.of(MILLRACE.events(TALLY, "Count")),
          MILLRACE.group(TALLY, "weigh"), Set.of(MILLRACE.events(TALLY, "Sack")),
          MILLRACE.group(TALLY, "gather"), Set.of(MILLRACE.events(TALLY, "Weighed")),
          MILLRACE.group(TALLY, "seal"), Set.of(MILLRACE.events(TALLY, "Gathered")));

  private final Supplier<Evidence> evidence;
  private final EventCodec codec;
  private final Duration patience;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Auditor(Cluster cluster) {
    this(() -> Evidence.of(cluster), EventCodecs.of(cluster.client()), Duration.ofMinutes(2));
  }

  /**
   * @param patience until what takes a moment must be over: work that waits, streams
   */
  Auditor(Supplier<Evidence> evidence, EventCodec codec, Duration patience) {
    this.evidence = evidence;
    this.codec = codec;
    this.patience = patience;
  }

  /** As {@link #audit(Collection, Collection)} where these are all that were ever started. */
  void audit(Collection<Run> runs) {
    audit(runs, runs);
  }

  /**
   * @param runs of {@code tally}, which have ended
   * @param started all runs of {@code tally} that were ever started on this cluster
   * @throws AssertionError naming everything that is wrong with these runs
   */
  void audit(Collection<Run> runs, Collection<Run> started) {
    Set<String> streams = streams(runs);
    audit(runs, started, streams::contains);
  }

  /** As {@link #audit(Collection, Collection)}, and there are no streams of other workflows. */
  void auditAll(Collection<Run> runs, Collection<Run> started) {
    Set<String> others = streams(started);
    others.removeAll(streams(runs));
    audit(runs, started, topic -> MILLRACE.isStreamTopic(topic) && !others.contains(topic));
  }

  private static Set<String> streams(Collection<Run> runs) {
    return runs.stream().map(run -> MILLRACE.stream(TALLY, run.id())).collect(Collectors.toSet());
  }

  private void audit(Collection<Run> runs, Collection<Run> started, Predicate<String> stream) {
    Findings findings = new Findings(reported);
    try (Evidence kafka = evidence.get()) {
      // Dispatches that nobody has taken would be taken one day, and be work for nothing.
      settle(
          "that the groups of all steps have read all dispatches",
          findings,
          () ->
              kafka.lags(MILLRACE.name() + ".", GROUPS).keySet().stream()
                  .map(group -> "dispatches wait for group " + group)
                  .collect(Collectors.toSet()));
      settle(
          "that the streams of ended runs are deleted",
          findings,
          () ->
              kafka.topics().stream()
                  .filter(stream)
                  .map(topic -> "stream " + topic + " is left")
                  .collect(Collectors.toSet()));
      new OutcomeAudit(codec, findings).check(runs, started, kafka.read(MILLRACE.outcomes()));
      StoreAudit.check(runs, kafka.read(RunHeads.changelog(MILLRACE)), findings);
      for (ConsumerRecord<byte[], byte[]> letter : kafka.read(MILLRACE.deadLetters())) {
        findings.add(
            "a dead letter of %s, %d-%d"
                .formatted(text(letter.key()), letter.partition(), letter.offset()));
      }
    }
    findings.assertNone(runs.size());
  }

  private static String text(byte @Nullable [] key) {
    return key == null ? "nobody" : new String(key, StandardCharsets.UTF_8);
  }

  /** What is still wrong when patience is over is found. */
  private void settle(String what, Findings findings, Callable<Set<String>> wrong) {
    AtomicReference<@Nullable Set<String>> last = new AtomicReference<>();
    try {
      await(what)
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(patience.dividedBy(100))
          .ignoreExceptionsMatching(Auditor::passes)
          .until(
              () -> {
                Set<String> now = wrong.call();
                now.removeIf(findings::isKnown);
                last.set(now);
                return now.isEmpty();
              });
    } catch (ConditionTimeoutException e) {
      Set<String> left = last.get();
      if (left == null) {
        throw e;
      }
      left.forEach(findings::add);
    }
  }

  /** A broker that is just back, a topic that is just being deleted: it is asked again. */
  private static boolean passes(Throwable error) {
    return error instanceof ExecutionException && error.getCause() instanceof RetriableException;
  }
}
