package io.millrace.local.scenario;

import io.millrace.protocol.CancelRun;
import io.millrace.protocol.Effect;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.TimerFired;
import io.millrace.protocol.Token;
import io.millrace.protocol.WorkerLost;
import io.millrace.serde.ProtocolCodec;
import java.nio.ByteBuffer;
import java.util.List;

/** Inputs that nobody but an attacker or a bug would put on the run log. */
final class Forged {
  private static final ProtocolCodec<RunInput> CODEC = ProtocolCodec.of(RunInput.class);

  private Forged() {}

  /** A completion that would end the run, if it were believed. */
  static byte[] stop(String runId, String executionId, int attempt, long digest) {
    EmitEvent stop =
        EmitEvent.newBuilder()
            .setEvent(
                EventData.newBuilder()
                    .setId("forged")
                    .setType("Done")
                    .setKind(EventKind.STOP)
                    .setValue(ByteBuffer.wrap(new byte[] {0, 1}))
                    .build())
            .build();
    return input(
        runId,
        StepCompleted.newBuilder()
            .setToken(new Token(executionId, attempt, 0, digest))
            .setWorker("forger")
            .setTryId("forged-1")
            .setEffects(List.of(new Effect(stop)))
            .build());
  }

  static byte[] lost(String runId, String executionId, long digest) {
    return input(
        runId, new WorkerLost(new Token(executionId, 1, 0, digest), 1L, "forger", "forged"));
  }

  /** Real, but nobody waits for its answer. */
  static byte[] cancel(String runId, String reason) {
    return input(runId, new CancelRun(null, reason));
  }

  /** Of a generation that never was. */
  static byte[] timer(String runId, String timerId) {
    return input(runId, new TimerFired(timerId, 4_711L));
  }

  private static byte[] input(String runId, Object body) {
    return CODEC.encode(new RunInput(runId, body));
  }
}
