package io.millrace.system;

import io.millrace.coordinator.codec.StateCodec;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.RunState;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.StateValue;
import io.millrace.serde.ProtocolCodec;
import io.millrace.step.StateValues;
import io.millrace.system.tally.Scale;
import io.millrace.system.tally.Tally;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Records as the product would have written them of runs without faults; made up, for audits. */
final class Made {
  static final EventCodec CODEC = EventCodecs.inMemory();
  private static final ProtocolCodec<RunOutcome> OUTCOMES = ProtocolCodec.of(RunOutcome.class);
  private static final Instant NOW = Instant.EPOCH;

  private Made() {}

  /** The outcome that a run should have. */
  static RunOutcome outcome(Run run) {
    Map<String, StateValue> state =
        Map.of(
            "unloaded", StateValues.encode("unloaded", 1L),
            "weighed", StateValues.encode("weighed", (long) run.count().sacks()),
            "kilos", StateValues.encode("kilos", run.kilos()),
            "gathered", StateValues.encode("gathered", 1L),
            "sealed", StateValues.encode("sealed", 1L),
            "scales",
                StateValues.encode(
                    "scales",
                    IntStream.range(0, run.count().sacks())
                        .mapToObj(i -> new Scale(i, "old", "weigh-1"))
                        .toList()),
            "numbers",
                StateValues.encode(
                    "numbers", IntStream.range(0, run.count().sacks()).boxed().toList()));
    return RunOutcome.newBuilder()
        .setRunId(run.id())
        .setWorkflow(Load.TALLY.name())
        .setEpoch(1)
        .setStatus(OutcomeStatus.COMPLETED)
        .setResult(result(run.expected()))
        .setStartedAt(NOW)
        .setEndedAt(NOW)
        .setState(state)
        .build();
  }

  static EventData result(Tally tally) {
    return EventData.newBuilder()
        .setId("stop")
        .setType("Tally")
        .setKind(EventKind.STOP)
        .setValue(ByteBuffer.wrap(CODEC.encode(tally, Load.TALLY.name())))
        .build();
  }

  static RunOutcome outcome(byte[] bytes) {
    return OUTCOMES.decode(bytes);
  }

  static byte[] bytes(RunOutcome outcome) {
    return OUTCOMES.encode(outcome);
  }

  /** A run's head when it has ended. */
  static byte[] finishedHead(Run run) {
    Entry.RunSettings settings =
        new Entry.RunSettings(
            Load.TALLY.name(), "life", "digest", NOW, null, false, false, List.of());
    Outcome outcome =
        new Outcome(
            run.id(),
            Load.TALLY.name(),
            1,
            Outcome.Status.COMPLETED,
            null,
            null,
            "",
            List.of(),
            List.of(),
            NOW,
            NOW,
            false,
            Map.of());
    return StateCodec.encode(new RunState.Finished(settings, outcome, 1, NOW, null));
  }

  /** The key of an entry of a run. */
  static byte[] key(String run, char kind, String name) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes(run.getBytes(StandardCharsets.UTF_8));
    key.write(0);
    key.write(kind);
    key.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    key.write(0);
    key.writeBytes(new byte[Long.BYTES]);
    return key.toByteArray();
  }

  /** The key of a timer in order of time. */
  static byte[] dueKey(String run, String timer) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.write(1);
    key.writeBytes(new byte[Long.BYTES]);
    key.writeBytes((run + "\0" + timer).getBytes(StandardCharsets.UTF_8));
    return key.toByteArray();
  }
}
