package io.millrace.system;

import static org.awaitility.Awaitility.await;

import io.millrace.coordinator.topology.RunHeads;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.protocol.Namespace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

  /** Each step, and what it accepts. */
  private static final Map<String, String> STEPS =
      Map.of("unload", "Count", "weigh", "Sack", "gather", "Weighed", "seal", "Gathered");

  private final Supplier<Evidence> evidence;
  private final EventCodec codec;
  private final Duration patience;
  private final Set<String> litter;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /**
   * @param litter as below
   */
  Auditor(Cluster cluster, Set<String> litter) {
    this(
        () -> Evidence.of(cluster),
        EventCodecs.of(cluster.client()),
        Duration.ofMinutes(2),
        litter);
  }

  /**
   * @param patience until what takes a moment must be over: work that waits, streams
   * @param litter places of records that were put there for a test, and of which there may be dead
   *     letters; may grow meanwhile
   */
  Auditor(Supplier<Evidence> evidence, EventCodec codec, Duration patience, Set<String> litter) {
    this.evidence = evidence;
    this.codec = codec;
    this.patience = patience;
    this.litter = litter;
  }

  /** As {@link #audit(Collection, Collection)} where these are all that were ever started. */
  void audit(Collection<Run> runs) {
    audit(runs, runs);
  }

  /**
   * @param runs which have ended
   * @param started all runs of their workflows that were ever started on this cluster
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

  /**
   * What can be said of any workflow: each run has one outcome, is nowhere open, and its stream is
   * deleted.
   *
   * @throws AssertionError naming everything that is wrong with these runs
   */
  void auditOthers(Collection<OtherRun> runs) {
    if (runs.isEmpty()) {
      return;
    }
    Findings findings = new Findings(reported);
    Set<String> streams =
        runs.stream()
            .map(run -> MILLRACE.stream(run.workflow(), run.id()))
            .collect(Collectors.toSet());
    try (Evidence kafka = evidence.get()) {
      settleStreams(kafka, streams::contains, findings);
      OutcomeAudit.checkOthers(runs, belonging(kafka.read(MILLRACE.outcomes())), findings);
      Set<String> ids = runs.stream().map(OtherRun::id).collect(Collectors.toSet());
      StoreAudit.check(ids, kafka.read(RunHeads.changelog(MILLRACE)), findings);
    }
    findings.assertNone(runs.size());
  }

  private static Set<String> streams(Collection<Run> runs) {
    return runs.stream()
        .map(run -> MILLRACE.stream(run.workflow().name(), run.id()))
        .collect(Collectors.toSet());
  }

  /** The groups of the steps of these runs, and the topics that they must have read. */
  static Map<String, Set<String>> groups(Collection<Run> runs) {
    Map<String, Set<String>> groups = new HashMap<>();
    for (Run run : runs) {
      String workflow = run.workflow().name();
      STEPS.forEach(
          (step, event) ->
              groups.put(MILLRACE.group(workflow, step), Set.of(MILLRACE.events(workflow, event))));
    }
    return groups;
  }

  private void audit(Collection<Run> runs, Collection<Run> started, Predicate<String> stream) {
    Findings findings = new Findings(reported);
    try (Evidence kafka = evidence.get()) {
      // Dispatches that nobody has taken would be taken one day, and be work for nothing.
      settle(
          "that the groups of all steps have read all dispatches",
          findings,
          () ->
              kafka.lags(MILLRACE.name() + ".", groups(runs)).keySet().stream()
                  .map(group -> "dispatches wait for group " + group)
                  .collect(Collectors.toSet()));
      settleStreams(kafka, stream, findings);
      new OutcomeAudit(codec, findings)
          .check(runs, started, belonging(kafka.read(MILLRACE.outcomes())));
      Set<String> ids = runs.stream().map(Run::id).collect(Collectors.toSet());
      StoreAudit.check(ids, kafka.read(RunHeads.changelog(MILLRACE)), findings);
      for (ConsumerRecord<byte[], byte[]> letter : belonging(kafka.read(MILLRACE.deadLetters()))) {
        if (!litter.contains(Litter.origin(letter))) {
          findings.add(
              "a dead letter of %s, %d-%d"
                  .formatted(text(letter.key()), letter.partition(), letter.offset()));
        }
      }
    }
    findings.assertNone(runs.size());
  }

  private void settleStreams(Evidence kafka, Predicate<String> stream, Findings findings) {
    settle(
        "that the streams of ended runs are deleted",
        findings,
        () ->
            kafka.topics().stream()
                .filter(stream)
                .map(topic -> "stream " + topic + " is left")
                .collect(Collectors.toSet()));
  }

  private List<ConsumerRecord<byte[], byte[]>> belonging(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().filter(record -> !litter.contains(Litter.place(record))).toList();
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
