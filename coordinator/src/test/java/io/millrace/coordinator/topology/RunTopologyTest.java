package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.codec.RunInputCodec;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.Token;
import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.StartAccepted;
import io.millrace.protocol.TerminalFact;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTopologyTest {
  private static final Namespace MILL = new Namespace("mill");
  private static final Event ASK = event("ask", "Ask", EventKind.START);
  private static final Event ANSWER = event("answer", "Answer", EventKind.STOP);

  private final List<RunInput> appended = new ArrayList<>();
  private final StepBook book = new StepBook(Limits.ofDefaults());
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> runs;
  private boolean rulesFail;

  RunTopologyTest(@TempDir Path state) {
    book.read(Registrations.key(), Registrations.step(1, 5));
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    RunRules rules =
        (graph, store, input, arrival) -> {
          if (rulesFail) {
            store.state(new io.millrace.coordinator.core.RunState.Absent());
            throw new IllegalStateException("broken rule");
          }
          return RunCore.apply(graph, store, input, arrival);
        };
    ShellParts parts =
        new ShellParts(
            MILL,
            rules,
            book,
            (runId, input) -> appended.add(input),
            (worker, since) -> worker.equals("dead") ? Optional.of("silent") : Optional.empty(),
            new UnadoptedWatch(),
            () -> 1,
            "log",
            8 * 1024 * 1024,
            CoordinatorMetrics.unread());
    driver =
        new TopologyTestDriver(
            RunTopology.build(
                parts, new ThreadParts(Duration.ofMillis(30), CoordinatorMetrics.unread())),
            settings,
            Instant.now());
    runs =
        driver.createInputTopic(MILL.runs(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void R1_a_run_goes_from_its_start_over_a_dispatch_and_a_completion_to_its_outcome() {
    send("run", start());

    TestRecord<byte[], byte[]> dispatched = only(MILL.events("w", "Ask"));
    assertThat(dispatched.value()).isEqualTo(ASK.value().array());
    assertThat(text(dispatched, Headers.RUN_ID)).isEqualTo("run");
    assertThat(text(dispatched, Headers.EVENT_TYPE)).isEqualTo("Ask");
    Reply reply = ProtocolCodec.of(Reply.class).decode(only(MILL.replies()).value());
    assertThat(reply.getRequestId()).isEqualTo("r");
    assertThat(reply.getAnswer()).isEqualTo(new StartAccepted(false));

    send("run", completed(token(dispatched), 1));

    RunOutcome outcome = ProtocolCodec.of(RunOutcome.class).decode(only(MILL.outcomes()).value());
    assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.COMPLETED);
    assertThat(outcome.getResult().getType()).isEqualTo("Answer");
    RunFact fact = ProtocolCodec.of(RunFact.class).decode(only(MILL.facts()).value());
    assertThat(fact.getBody()).isInstanceOf(TerminalFact.class);
    assertThat(read(MILL.deadLetters())).isEmpty();
  }

  @Test
  void O3_the_end_of_a_run_that_streamed_nothing_is_no_fact_for_the_publisher() {
    send("run", start());

    send("run", completed(token(only(MILL.events("w", "Ask"))), 0));

    assertThat(read(MILL.outcomes())).hasSize(1);
    assertThat(read(MILL.facts())).isEmpty();
  }

  @Test
  void F5_what_cannot_be_read_is_dead_lettered_with_its_coordinates_and_others_go_on() {
    byte[] whole = RunInputCodec.encode("run", start());
    runs.pipeInput(key("run"), new byte[] {1, 2, 3});
    runs.pipeInput(key("run"), Arrays.copyOf(whole, whole.length - 1));
    runs.pipeInput(new TestRecord<>(key("run"), null, Instant.now()));
    runs.pipeInput(null, RunInputCodec.encode("not a run id", start()));
    send("run", start());

    List<TestRecord<byte[], byte[]>> letters = read(MILL.deadLetters());
    assertThat(letters)
        .extracting(letter -> text(letter, Headers.ORIGIN))
        .containsExactly("mill.runs-0@0", "mill.runs-0@1", "mill.runs-0@2", "mill.runs-0@3");
    assertThat(letters.get(0).value()).isEqualTo(new byte[] {1, 2, 3});
    assertThat(read(MILL.events("w", "Ask"))).hasSize(1);
  }

  @Test
  void F5_an_input_of_an_unknown_run_is_disregarded() {
    send("nobody", completed(new Token("forged", 1, 0, 0)));

    assertThat(read(MILL.outcomes())).isEmpty();
    assertThat(read(MILL.deadLetters())).isEmpty();
  }

  @Test
  void rules_that_throw_leave_nothing_behind_and_the_run_fails_as_internal() {
    send("run", start());
    Token token = token(only(MILL.events("w", "Ask")));
    rulesFail = true;

    send("run", completed(token));

    assertThat(text(only(MILL.deadLetters()), Headers.ERROR_MESSAGE)).contains("broken rule");
    RunOutcome outcome = ProtocolCodec.of(RunOutcome.class).decode(only(MILL.outcomes()).value());
    assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.FAILED);
    assertThat(outcome.getFailure().getError().getType()).isEqualTo("Internal");
    rulesFail = false;
    send("run", completed(token));
    assertThat(read(MILL.outcomes())).isEmpty();
  }

  @Test
  void a_reply_to_a_partition_that_does_not_exist_is_dropped() {
    send("run", new RunInput.InspectRun(new Request("r", 99)));
    send("run", new RunInput.InspectRun(new Request("r", -1)));

    assertThat(read(MILL.deadLetters())).isEmpty();
  }

  @Test
  void E3_an_adopted_execution_of_a_dead_worker_is_told_to_the_run_log() {
    send("run", start());
    Token token = token(only(MILL.events("w", "Ask")));
    send("run", new RunInput.StepStarted(token, "dead", "try"));

    driver.advanceWallClockTime(Duration.ofSeconds(1));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertThat(appended).hasSize(1);
    assertThat(appended.get(0)).isInstanceOf(RunInput.WorkerLost.class);

    send("run", appended.get(0));
    driver.advanceWallClockTime(Duration.ofSeconds(60));
    assertThat(appended).hasSize(1);
    assertThat(read(MILL.events("w", "Ask"))).hasSize(1);
  }

  @Test
  void a_due_timer_is_appended_and_again_until_it_is_seen_back() {
    send(
        "run",
        new RunInput.StartRun(
            null, "w", ASK, Duration.ofSeconds(1), false, false, Map.of(), List.of()));
    assertThat(appended).isEmpty();

    driver.advanceWallClockTime(Duration.ofSeconds(2));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertThat(appended).hasSize(1);
    driver.advanceWallClockTime(Duration.ofSeconds(3));
    assertThat(appended).hasSize(2);

    appended.forEach(timer -> send("run", timer));
    RunOutcome outcome = ProtocolCodec.of(RunOutcome.class).decode(only(MILL.outcomes()).value());
    assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.TIMED_OUT);
  }

  @Test
  void R9_a_finished_run_leaves_no_trace_in_the_store_once_its_retention_has_passed() {
    send("run", start());
    send("run", completed(token(only(MILL.events("w", "Ask")))));

    driver.advanceWallClockTime(Duration.ofDays(8));
    appended.forEach(timer -> send("run", timer));

    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(RunTopology.STORE);
    List<Bytes> keys = new ArrayList<>();
    store.all().forEachRemaining(entry -> keys.add(entry.key));
    assertThat(keys).containsExactly(StoreKeys.APPLIED_OFFSET);
  }

  private void send(String runId, RunInput input) {
    runs.pipeInput(new TestRecord<>(key(runId), RunInputCodec.encode(runId, input), Instant.now()));
  }

  private TestRecord<byte[], byte[]> only(String topic) {
    List<TestRecord<byte[], byte[]>> records = read(topic);
    assertThat(records).as(topic).hasSize(1);
    return records.get(0);
  }

  private List<TestRecord<byte[], byte[]>> read(String topic) {
    try {
      return driver
          .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readRecordsToList();
    } catch (IllegalArgumentException nothingWasEverWritten) {
      return List.of();
    }
  }

  private static RunInput start() {
    return new RunInput.StartRun(
        new Request("r", 0), "w", ASK, null, false, false, Map.of(), List.of());
  }

  private static RunInput completed(Token token) {
    return completed(token, 0);
  }

  private static RunInput completed(Token token, int streamed) {
    return new RunInput.StepCompleted(
        token, "worker", "try", 0, 0, List.of(new StepEffect.Emit(ANSWER, null, false)), streamed);
  }

  private static Token token(TestRecord<byte[], byte[]> dispatched) {
    Dispatch dispatch =
        ProtocolCodec.of(Dispatch.class)
            .decode(dispatched.headers().lastHeader(Headers.DISPATCH).value());
    io.millrace.protocol.Token token = dispatch.getTargets().get(0).getToken();
    return new Token(
        token.getExecutionId(), token.getAttempt(), token.getRound(), token.getDigest());
  }

  private static String text(TestRecord<byte[], byte[]> record, String header) {
    return new String(
        Objects.requireNonNull(record.headers().lastHeader(header), header).value(),
        StandardCharsets.UTF_8);
  }

  private static Event event(String id, String type, EventKind kind) {
    return new Event(
        id, type, kind, io.millrace.coordinator.core.Bytes.wrap(key("value of " + id)), null);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
