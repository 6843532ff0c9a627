package io.millrace.local.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.ExpireStream;
import io.millrace.protocol.Headers;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.PromptFact;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.TerminalFact;
import io.millrace.serde.ProtocolCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the publisher puts on streams, from facts written by hand, all in one partition. */
@MillraceTest(namespacePer = MillraceTest.Scope.METHOD)
class StreamTopicsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final LocalMillrace millrace;
  private final TestClient client;
  private final Admin admin;

  StreamTopicsTest(LocalMillrace millrace) {
    this.millrace = millrace;
    this.client = new TestClient(millrace.bootstrapServers(), millrace.namespace());
    this.admin = Admin.create(Map.of("bootstrap.servers", millrace.bootstrapServers()));
  }

  @BeforeEach
  void close_clients_at_the_end(LocalMillrace millrace) {
    millrace.closeAtEnd(client);
    millrace.closeAtEnd(admin);
  }

  @Test
  void law_10_a_fact_that_was_published_is_not_written_again_after_a_restart() {
    fact("run-1", 0, prompt("q1"), true);
    client.await(stream("run-1"), record -> true);

    millrace.stopCoordinator();
    millrace.startCoordinator();
    fact("run-1", 0, prompt("q2"), true);

    List<ConsumerRecord<byte[], byte[]>> all = client.awaitSome(stream("run-1"), 2, record -> true);
    assertThat(all.stream().map(r -> TestClient.header(r, Headers.EVENT_ID)))
        .containsExactly("q1", "q2");
  }

  @Test
  void law_10_a_fact_whose_publication_was_not_committed_is_repeated_under_the_same_id()
      throws Exception {
    fact("run-1", 0, prompt("q1"), true);
    client.await(stream("run-1"), record -> true);
    millrace.stopCoordinator();
    admin
        .alterConsumerGroupOffsets(
            millrace.namespace() + "-publisher",
            Map.of(new TopicPartition(client.namespace.facts(), 0), new OffsetAndMetadata(0)))
        .all()
        .get(30, TimeUnit.SECONDS);

    millrace.startCoordinator();

    List<ConsumerRecord<byte[], byte[]>> twice =
        client.awaitSome(stream("run-1"), 2, record -> true);
    assertThat(twice.stream().map(r -> TestClient.header(r, Headers.FACT_ID)))
        .containsExactly("fact-q1", "fact-q1");
    assertThat(twice.get(0).value()).isEqualTo(twice.get(1).value());
  }

  @Test
  void O3_the_end_of_a_run_that_never_streamed_creates_no_topic() throws Exception {
    fact("silent", 0, terminal("silent", false), false);
    fact("loud", 0, terminal("loud", true), false);

    ConsumerRecord<byte[], byte[]> end = client.await(stream("loud"), record -> true);

    assertThat(TestClient.header(end, Headers.STREAM_ENTRY)).isEqualTo("terminal");
    assertThat(topics()).contains(stream("loud")).doesNotContain(stream("silent"));
  }

  @Test
  void O4_an_expired_stream_is_deleted_and_its_run_has_none_to_delete_again() throws Exception {
    fact("run-1", 0, terminal("run-1", true), false);
    client.await(stream("run-1"), record -> true);

    fact("run-1", 0, new ExpireStream(), false);
    fact("run-1", 0, new ExpireStream(), false);

    Awaitility.await().atMost(PATIENCE).until(() -> !topics().contains(stream("run-1")));
    fact("run-2", 0, terminal("run-2", true), false);
    client.await(stream("run-2"), record -> true);
    assertThat(topics()).doesNotContain(stream("run-1"));
  }

  @Test
  void F5_a_fact_that_cannot_be_read_goes_to_the_dead_letters_and_the_next_is_published() {
    client.send(client.namespace.facts(), 0, "run-1", TestClient.bytes("garbage"));
    fact("run-1", 0, prompt("q1"), true);

    client.await(stream("run-1"), record -> true);

    assertThat(client.await(client.namespace.deadLetters(), record -> true).value())
        .isEqualTo(TestClient.bytes("garbage"));
  }

  private Set<String> topics() throws Exception {
    return admin.listTopics().names().get(30, TimeUnit.SECONDS);
  }

  private String stream(String runId) {
    return client.namespace.stream("w", runId);
  }

  private void fact(String runId, int epoch, Object body, boolean createStream) {
    String id =
        body instanceof PromptFact prompt
            ? "fact-" + prompt.getEvent().getId()
            : body.getClass().getSimpleName() + "-" + runId;
    RunFact fact = new RunFact(runId, "w", epoch, id, Instant.now(), body, createStream);
    client.send(client.namespace.facts(), 0, runId, ProtocolCodec.of(RunFact.class).encode(fact));
  }

  private static PromptFact prompt(String id) {
    return new PromptFact(
        CoordinatorCrashTest.event(id, "Question", EventKind.INPUT_REQUIRED), "s");
  }

  private static TerminalFact terminal(String runId, boolean streamed) {
    return new TerminalFact(
        RunOutcome.newBuilder()
            .setRunId(runId)
            .setWorkflow("w")
            .setEpoch(0)
            .setStatus(OutcomeStatus.CANCELLED)
            .setStartedAt(Instant.EPOCH)
            .setEndedAt(Instant.EPOCH)
            .setStreamed(streamed)
            .build());
  }
}
