package io.millrace.system;

import io.millrace.OutcomeState;
import io.millrace.event.EventCodec;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunOutcome;
import io.millrace.serde.ProtocolCodec;
import io.millrace.system.tally.Scale;
import io.millrace.system.tally.Tally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Each run has one outcome, that of a run without faults: no effect is in it twice or missing. */
final class OutcomeAudit {
  private static final ProtocolCodec<RunOutcome> OUTCOMES = ProtocolCodec.of(RunOutcome.class);

  private final EventCodec codec;
  private final Findings findings;

  OutcomeAudit(EventCodec codec, Findings findings) {
    this.codec = codec;
    this.findings = findings;
  }

  /**
   * @param runs whose outcomes are judged
   * @param started all that ever were, which may have one
   * @param records all of the topic
   */
  void check(
      Collection<Run> runs, Collection<Run> started, List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> workflows =
        started.stream().map(run -> run.workflow().name()).collect(Collectors.toSet());
    Map<String, List<RunOutcome>> found = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      RunOutcome outcome = OUTCOMES.decode(record.value());
      if (workflows.contains(outcome.getWorkflow())) {
        found.computeIfAbsent(outcome.getRunId(), id -> new ArrayList<>()).add(outcome);
      }
    }
    for (Run run : runs) {
      List<RunOutcome> outcomes = found.getOrDefault(run.id(), List.of());
      if (outcomes.size() == 1) {
        check(run, outcomes.get(0));
      } else {
        findings.add(run.id() + " has the outcomes " + outcomes + ", not one");
      }
    }
    Set<String> known = started.stream().map(Run::id).collect(Collectors.toSet());
    for (String id : found.keySet()) {
      if (!known.contains(id)) {
        findings.add(id + " was never started, and has an outcome");
      }
    }
  }

  /** That each of them has one outcome, of the status that it should have. */
  static void checkOthers(
      Collection<OtherRun> runs, List<ConsumerRecord<byte[], byte[]>> records, Findings findings) {
    for (OtherRun run : runs) {
      List<OutcomeStatus> statuses =
          records.stream()
              .map(record -> OUTCOMES.decode(record.value()))
              .filter(outcome -> outcome.getWorkflow().equals(run.workflow()))
              .filter(outcome -> outcome.getRunId().equals(run.id()))
              .map(RunOutcome::getStatus)
              .toList();
      if (!statuses.equals(List.of(run.status()))) {
        findings.add(run.id() + " has the outcomes " + statuses + ", not " + run.status());
      }
    }
  }

  private void check(Run run, RunOutcome outcome) {
    expect(run, "workflow", outcome.getWorkflow(), run.workflow().name());
    if (outcome.getStatus() != OutcomeStatus.COMPLETED) {
      findings.add(run.id() + " is " + outcome);
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
    expect(run, "scales", state.list("scales", Scale.class).size(), sacks);
    expect(
        run,
        "numbers",
        state.list("numbers", Integer.class).stream().sorted().toList(),
        IntStream.range(0, sacks).boxed().toList());
  }

  private void expect(Run run, String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      findings.add("%s: %s is %s, not %s".formatted(run.id(), what, found, expected));
    }
  }
}
