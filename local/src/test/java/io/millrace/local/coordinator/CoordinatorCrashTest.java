package io.millrace.local.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.Effect;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Headers;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.RetryPolicy;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.StartRun;
import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TaskSourceKind;
import io.millrace.protocol.Token;
import io.millrace.serde.ProtocolCodec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
class CoordinatorCrashTest {
  @Test
  void F1_a_run_survives_kill_9_of_the_coordinator_with_its_folder_and_without(
      LocalMillrace millrace, @TempDir Path state) throws Exception {
    TestClient client =
        millrace.closeAtEnd(new TestClient(millrace.bootstrapServers(), millrace.namespace()));
    CoordinatorProcess first =
        millrace.closeAtEnd(CoordinatorProcess.start(millrace.config(), state.resolve("one")));
    first.awaitReady();
    register(client);
    start(client, "run-1");
    start(client, "run-2");
    Token one = dispatched(client, "run-1");
    Token two = dispatched(client, "run-2");
    first.kill();
    complete(client, "run-1", one);

    CoordinatorProcess second =
        millrace.closeAtEnd(CoordinatorProcess.start(millrace.config(), state.resolve("one")));
    second.awaitReady();
    assertThat(outcome(client, "run-1")).isEqualTo(OutcomeStatus.COMPLETED);
    second.kill();
    CoordinatorProcess third =
        millrace.closeAtEnd(CoordinatorProcess.start(millrace.config(), state.resolve("two")));
    third.awaitReady();
    complete(client, "run-2", two);

    assertThat(outcome(client, "run-2")).isEqualTo(OutcomeStatus.COMPLETED);
    third.terminate();
    assertThat(third.exitCode()).isIn(0, 143);
  }

  static void register(TestClient client) {
    StepRegistration step =
        new StepRegistration(
            "w",
            "s",
            1,
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
            client.namespace.group("w", "s"),
            256,
            5,
            List.of(),
            1,
            null,
            List.of(),
            Instant.EPOCH);
    client.send(
        client.namespace.steps(),
        null,
        "w/s",
        ProtocolCodec.of(StepRegistration.class).encode(step));
  }

  static void start(TestClient client, String runId) {
    client.input(
        runId,
        new StartRun(
            new RequestInfo("request-" + runId, 0),
            "w",
            event("ask", "Ask", EventKind.START),
            null,
            false,
            false,
            Map.of(),
            List.of()));
  }

  private static void complete(TestClient client, String runId, Token token) {
    Effect stop = new Effect(new EmitEvent(event("answer", "Answer", EventKind.STOP), null, false));
    client.input(runId, new StepCompleted(token, "worker", "try", 0, 0L, List.of(stop), 0));
  }

  static Token dispatched(TestClient client, String runId) {
    ConsumerRecord<byte[], byte[]> record =
        client.await(
            client.namespace.events("w", "Ask"), found -> TestClient.isOfRun(found, runId));
    return ProtocolCodec.of(Dispatch.class)
        .decode(record.headers().lastHeader(Headers.DISPATCH).value())
        .getTargets()
        .get(0)
        .getToken();
  }

  private static OutcomeStatus outcome(TestClient client, String runId) {
    ConsumerRecord<byte[], byte[]> record =
        client.await(client.namespace.outcomes(), found -> TestClient.isOfRun(found, runId));
    return ProtocolCodec.of(RunOutcome.class).decode(record.value()).getStatus();
  }

  static EventData event(String id, String type, EventKind kind) {
    return new EventData(id, type, kind, ByteBuffer.wrap(TestClient.bytes(id)), null, null, null);
  }
}
