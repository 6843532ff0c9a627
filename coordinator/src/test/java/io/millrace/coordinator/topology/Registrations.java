package io.millrace.coordinator.topology;

import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.RetryPolicy;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TaskSourceKind;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** A workflow of one step: Ask in, Answer out. */
final class Registrations {
  private Registrations() {}

  static byte[] key() {
    return "w/s".getBytes(StandardCharsets.UTF_8);
  }

  static byte[] step(int version, int maxLost) {
    return ProtocolCodec.of(StepRegistration.class)
        .encode(
            new StepRegistration(
                "w",
                "s",
                version,
                List.of(new EventDeclaration("Ask", EventKind.START, "{}", false, List.of())),
                List.of(new EventDeclaration("Answer", EventKind.STOP, "{}", false, List.of())),
                List.of(),
                false,
                1,
                null,
                new RetryPolicy(1, 0L, 1.0, null, 0.0, null),
                false,
                null,
                TaskSourceKind.GROUP,
                "mill.w.s",
                256,
                maxLost,
                List.of(),
                1,
                null,
                List.of(),
                Instant.EPOCH));
  }
}
