package io.millrace.system;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.OutcomeState;
import io.millrace.Workflow;
import io.millrace.protocol.RunOutcome;
import io.millrace.serde.ProtocolCodec;
import io.millrace.system.tally.Count;
import io.millrace.system.tally.Scale;
import io.millrace.system.tally.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/** Who has weighed in the runs that were started since a moment, by their outcomes in Kafka. */
final class Weighings {
  private static final ProtocolCodec<RunOutcome> OUTCOMES = ProtocolCodec.of(RunOutcome.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Cluster cluster;
  private final Set<String> litter;
  private final String workflow;
  private final Instant since;

  private Weighings(Stack stack, String workflow, Instant since) {
    this.cluster = stack.cluster();
    this.litter = stack.litter().places();
    this.workflow = workflow;
    this.since = since;
  }

  /** Of runs of {@code tally} that are started from now on. */
  static Weighings fromNow(Stack stack) {
    return fromNow(stack, Load.TALLY);
  }

  /** Of runs that are started from now on. */
  static Weighings fromNow(Stack stack, Workflow<Count, Tally> workflow) {
    return new Weighings(stack, workflow.name(), Instant.now());
  }

  /** Returns when all of these have been seen among what was weighed. */
  void awaitAll(Function<Scale, String> property, Set<String> expected) {
    await("that " + expected + " have weighed")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(all(property)).containsAll(expected));
  }

  /** As {@link #awaitAll}, and nothing else has been seen by then. */
  void awaitOnly(Function<Scale, String> property, Set<String> expected) {
    awaitAll(property, expected);
    assertThat(all(property)).isEqualTo(expected);
  }

  /** Of the runs that have ended so far. */
  private Set<String> all(Function<Scale, String> property) {
    return TopicReading.all(cluster.outside(), "millrace.outcomes").stream()
        .filter(record -> !litter.contains(Litter.place(record)))
        .map(record -> OUTCOMES.decode(record.value()))
        .filter(outcome -> outcome.getWorkflow().equals(workflow))
        .filter(outcome -> !outcome.getStartedAt().isBefore(since))
        .flatMap(
            outcome -> new OutcomeState(outcome.getState()).list("scales", Scale.class).stream())
        .map(property)
        .collect(toSet());
  }
}
