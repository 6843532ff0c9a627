package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Until.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.UnknownRunException;
import io.millrace.Workflow;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.CompletionChunk;
import io.millrace.protocol.Effect;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Headers;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.StartRun;
import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.Token;
import io.millrace.step.StepDefinition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not belong on a topic harms nobody, and what comes twice happens once. */
// Its runs end when the outside says so, not because a step leads to their end.
@MillraceTest(settings = "millrace.workflows.check=false")
class GarbageBehaviourTest {
  record Begin(int count) implements StartEvent {}

  record Grain(int number, String husk) implements Event {}

  record Finish() implements HumanResponseEvent {}

  record Done(String how, long count) implements StopEvent {}

  private static final Workflow<Begin, Done> MILL = Workflow.of("mill", Begin.class, Done.class);

  private static final Set<Integer> GROUND = ConcurrentHashMap.newKeySet();

  private static StepDefinition begin() {
    return StepDefinition.named("begin")
        .emits(Grain.class)
        .handler(
            Begin.class,
            (start, context) ->
                IntStream.range(0, start.count())
                    .mapToObj(number -> new Grain(number, "h".repeat(500)))
                    .toList());
  }

  private static StepDefinition grind() {
    return StepDefinition.named("grind")
        .handler(
            Grain.class,
            (grain, context) -> {
              GROUND.add(grain.number());
              context.state().increment("ground", 1);
              return null;
            });
  }

  private static StepDefinition finish() {
    return StepDefinition.named("finish")
        .emits(Done.class)
        .handler(
            Finish.class,
            (answer, context) ->
                new Done("asked", context.state().get("ground", Long.class).orElse(0L)));
  }

  @BeforeEach
  void a_mill_that_works(LocalMillrace millrace) {
    GROUND.clear();
    millrace.worker("mill", begin(), grind(), finish());
  }

  /** A run through all steps; what it counts is right only if nothing was lost or done twice. */
  private static void assertWorks(LocalMillrace millrace) {
    RunHandle<Done> run = millrace.client().start(MILL, new Begin(3));
    assertThat(finished(run)).isEqualTo(new Done("asked", 3));
  }

  private static Done finished(RunHandle<Done> run) {
    awaitQuiet(run);
    run.sendEvent(new Finish());
    return run.result(PATIENCE);
  }

  private static void awaitQuiet(RunHandle<Done> run) {
    Until.holds(
        "end of all executions",
        () -> run.inspect().executions().isEmpty() && run.inspect().stateKeys().contains("ground"));
  }

  /** A record that belongs to this test alone, so that it can be found among the dead letters. */
  private static byte[] unreadable(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void assertDeadLetter(Topic topic, byte[] value, String originTopic) {
    ConsumerRecord<byte[], byte[]>[] found = newArray();
    Until.holds(
        "dead letter",
        () ->
            topic.read(topic.names().deadLetters()).stream()
                .filter(letter -> Arrays.equals(letter.value(), value))
                .peek(letter -> found[0] = letter)
                .findFirst()
                .isPresent());
    assertThat(Topic.header(found[0], Headers.ORIGIN)).startsWith(originTopic + "-");
    assertThat(Topic.header(found[0], Headers.ERROR_MESSAGE)).isNotBlank();
  }

  @SuppressWarnings("unchecked")
  private static ConsumerRecord<byte[], byte[]>[] newArray() {
    return new ConsumerRecord[1];
  }

  @Test
  void F5_bytes_that_are_no_input_become_dead_letters(LocalMillrace millrace) throws Exception {
    Topic topic = Topic.access(millrace);
    String runs = topic.names().runs();
    byte[] random = unreadable(1, 300);
    byte[] short1 = {0};

    topic.write(runs, "some-run", random);
    topic.write(runs, null, short1);

    assertDeadLetter(topic, random, runs);
    assertDeadLetter(topic, short1, runs);
    assertWorks(millrace);
  }

  @Test
  void F5_an_input_cut_short_becomes_a_dead_letter(LocalMillrace millrace) throws Exception {
    Topic topic = Topic.access(millrace);
    byte[] whole = start("cut-short", new byte[] {0, 0, 0, 0, 1, 2});
    byte[] cut = Arrays.copyOf(whole, whole.length - 9);

    topic.write(topic.names().runs(), "cut-short", cut);

    assertDeadLetter(topic, cut, topic.names().runs());
    assertThatThrownBy(() -> millrace.client().attach(MILL, "cut-short"))
        .isInstanceOf(UnknownRunException.class);
    assertWorks(millrace);
  }

  private static byte[] start(String runId, byte[] event) {
    EventData data = event("begin-" + runId, "Begin", EventKind.START, event);
    StartRun start =
        StartRun.newBuilder().setWorkflow("mill").setEvent(data).setRequest(null).build();
    return Topic.INPUTS.encode(new RunInput(runId, start));
  }

  private static EventData event(String id, String type, EventKind kind, byte[] value) {
    return EventData.newBuilder()
        .setId(id)
        .setType(type)
        .setKind(kind)
        .setValue(ByteBuffer.wrap(value))
        .build();
  }

  @Test
  void F5_inputs_with_any_one_byte_changed_stop_nobody(LocalMillrace millrace) throws Exception {
    // given: a run, and every input that its life has put on the log
    Topic topic = Topic.access(millrace);
    String runs = topic.names().runs();
    RunHandle<Done> run = millrace.client().start(MILL, new Begin(2), "damaged");
    awaitQuiet(run);
    Random random = new Random(20_261_123);

    // when: wrong union branches, wrong lengths, wrong ids ...
    for (ConsumerRecord<byte[], byte[]> input : topic.inputs("damaged", Object.class)) {
      for (int copy = 0; copy < 40; copy++) {
        byte[] damaged = input.value().clone();
        damaged[random.nextInt(Math.min(damaged.length, 120))] ^= (byte) (1 + random.nextInt(255));
        topic.write(runs, "other-" + copy, damaged);
      }
    }

    // then
    assertThat(topic.read(topic.names().deadLetters())).isNotEmpty();
    assertWorks(millrace);
  }

  @Test
  void F5_a_completion_of_an_unknown_run_is_disregarded(LocalMillrace millrace) throws Exception {
    Topic topic = Topic.access(millrace);

    topic.write(
        topic.names().runs(), "nobody", completion("nobody", new Token("forged", 1, 0, 1L)));

    assertWorks(millrace);
    assertThatThrownBy(() -> millrace.client().attach(MILL, "nobody"))
        .isInstanceOf(UnknownRunException.class);
  }

  /** A forged completion that would end the run. */
  private static byte[] completion(String runId, Token token) {
    EmitEvent stop =
        EmitEvent.newBuilder()
            .setEvent(event("forged", "Done", EventKind.STOP, new byte[] {0, 1}))
            .build();
    StepCompleted completed =
        StepCompleted.newBuilder()
            .setToken(token)
            .setWorker("forger")
            .setTryId("forged-1")
            .setEffects(List.of(new Effect(stop)))
            .build();
    return Topic.INPUTS.encode(new RunInput(runId, completed));
  }

  @Test
  void F5_a_forged_execution_or_token_cannot_end_a_run(LocalMillrace millrace) throws Exception {
    // given: an execution that is open
    Topic topic = Topic.access(millrace);
    CountDownLatch mayEnd = new CountDownLatch(1);
    millrace.worker(
        "held",
        StepDefinition.named("hold")
            .emits(Done.class)
            .handler(
                Begin.class,
                (start, context) -> {
                  Until.open(mayEnd);
                  return new Done("honest", 1);
                }));
    RunHandle<Done> run =
        millrace
            .client()
            .start(Workflow.of("held", Begin.class, Done.class), new Begin(1), "forged");
    String open = run.inspect().executions().get(0).executionId();

    // when
    topic.write(
        topic.names().runs(), "forged", completion("forged", new Token("no-such", 1, 0, 7L)));
    topic.write(topic.names().runs(), "forged", completion("forged", new Token(open, 1, 0, 7L)));
    topic.write(topic.names().runs(), "forged", completion("forged", new Token(open, 2, 0, 7L)));

    // then: an inspection is an input behind them
    assertThat(run.inspect().executions()).hasSize(1);
    mayEnd.countDown();
    assertThat(run.result(PATIENCE).how()).isEqualTo("honest");
    assertWorks(millrace);
  }

  @Test
  void F5_an_input_in_the_wrong_partition_or_with_a_foreign_key_finds_its_run(
      LocalMillrace millrace) throws Exception {
    // given: a real start, as the client writes it
    Topic topic = Topic.access(millrace);
    String runs = topic.names().runs();
    RunHandle<Done> model = millrace.client().start(MILL, new Begin(3), "model");
    assertThat(finished(model).count()).isEqualTo(3);
    RunInput input = Topic.INPUTS.decode(topic.inputs("model", StartRun.class).get(0).value());
    StartRun start = StartRun.newBuilder((StartRun) input.getBody()).setRequest(null).build();

    // when: each in every partition, so in the wrong one at least
    for (int partition = 0; partition < topic.partitions(runs); partition++) {
      byte[] astray = Topic.INPUTS.encode(new RunInput("astray", start));
      topic.write(
          new ProducerRecord<>(runs, partition, Topic.utf8("foreign-" + partition), astray));
    }

    // then
    Until.holds("the run that was astray", () -> exists(millrace, "astray"));
    assertThat(finished(millrace.client().attach(MILL, "astray"))).isEqualTo(new Done("asked", 3));
    assertThat(exists(millrace, "foreign-0")).isFalse();
    assertWorks(millrace);
  }

  private static boolean exists(LocalMillrace millrace, String runId) {
    try {
      millrace.client().attach(MILL, runId);
      return true;
    } catch (UnknownRunException e) {
      return false;
    }
  }

  @Test
  void F5_a_record_without_a_value_is_passed_over(LocalMillrace millrace) throws Exception {
    Topic topic = Topic.access(millrace);

    topic.write(topic.names().runs(), "no-value", null);
    topic.write(topic.names().runs(), null, null);

    assertWorks(millrace);
  }

  @Test
  void F5_the_largest_record_that_fits_the_run_log_stops_nobody(LocalMillrace millrace)
      throws Exception {
    // given: with the headers of a dead letter it is larger than its topic admits
    Topic topic = Topic.access(millrace);
    byte[] huge = unreadable(2, 8 * 1024 * 1024 - 150);

    for (int partition = 0; partition < topic.partitions(topic.names().runs()); partition++) {
      topic.write(new ProducerRecord<>(topic.names().runs(), partition, Topic.utf8("huge"), huge));
    }

    assertWorks(millrace);
    assertThat(topic.read(topic.names().deadLetters()))
        .filteredOn(letter -> letter.value() != null && letter.value().length > huge.length / 2)
        .hasSize(topic.partitions(topic.names().runs()))
        .allSatisfy(
            letter -> {
              assertThat(Topic.header(letter, Headers.ERROR_MESSAGE)).contains("cut short");
              assertThat(Topic.header(letter, Headers.ORIGIN)).isNotBlank();
            });
  }

  @Test
  void F5_garbage_on_an_event_topic_becomes_a_dead_letter_and_the_worker_goes_on(
      LocalMillrace millrace) throws Exception {
    // given
    Topic topic = Topic.access(millrace);
    String events = topic.names().events("mill", "Grain");
    byte[] bare = unreadable(3, 80);
    byte[] wrongHeader = unreadable(4, 80);
    ProducerRecord<byte[], byte[]> damaged =
        new ProducerRecord<>(events, Topic.utf8("x"), wrongHeader);
    damaged.headers().add(Headers.DISPATCH, unreadable(5, 40));

    // when
    topic.write(events, "x", bare);
    topic.write(damaged);

    // then
    assertDeadLetter(topic, bare, events);
    assertDeadLetter(topic, wrongHeader, events);
    assertWorks(millrace);
  }

  @Test
  void F5_a_dispatch_of_another_run_s_making_is_run_in_vain(LocalMillrace millrace)
      throws Exception {
    // given: a genuine dispatch, once more after its execution has ended
    Topic topic = Topic.access(millrace);
    String events = topic.names().events("mill", "Grain");
    RunHandle<Done> run = millrace.client().start(MILL, new Begin(2), "again");
    awaitQuiet(run);
    int before = topic.inputs("again", StepCompleted.class).size();

    // when
    for (ConsumerRecord<byte[], byte[]> dispatch : topic.read(events)) {
      topic.write(
          new ProducerRecord<>(
              events, null, null, dispatch.key(), dispatch.value(), dispatch.headers()));
    }
    Until.holds(
        "second completions",
        () -> topic.inputs("again", StepCompleted.class).size() >= before + 2);

    // then
    assertThat(finished(run)).isEqualTo(new Done("asked", 2));
  }

  @Test
  void law_1_a_completion_that_is_appended_again_changes_nothing(LocalMillrace millrace)
      throws Exception {
    // given: a run that goes on
    Topic topic = Topic.access(millrace);
    RunHandle<Done> run = millrace.client().start(MILL, new Begin(5), "repeated");
    awaitQuiet(run);
    List<ConsumerRecord<byte[], byte[]>> completions =
        topic.inputs("repeated", StepCompleted.class);
    int dispatched = topic.read(topic.names().events("mill", "Grain")).size();

    // when
    for (int copy = 0; copy < 3; copy++) {
      for (ConsumerRecord<byte[], byte[]> completion : completions) {
        topic.write(topic.names().runs(), "repeated", completion.value());
      }
    }

    // then: neither an execution more nor an increment more
    assertThat(completions).hasSize(6);
    assertThat(run.inspect().executions()).isEmpty();
    assertThat(topic.read(topic.names().events("mill", "Grain"))).hasSize(dispatched);
    assertThat(finished(run)).isEqualTo(new Done("asked", 5));
  }

  @Test
  void law_6_a_completion_of_3000_events_arrives_in_chunks_and_whole(LocalMillrace millrace) {
    // given
    Topic topic = Topic.access(millrace);

    // when
    RunHandle<Done> run = millrace.client().start(MILL, new Begin(3_000), "wide");
    Until.holds("all ground", () -> GROUND.size() == 3_000);

    // then
    assertThat(finished(run)).isEqualTo(new Done("asked", 3_000));
    assertThat(GROUND).isEqualTo(IntStream.range(0, 3_000).boxed().collect(Collectors.toSet()));
    assertThat(topic.inputs("wide", CompletionChunk.class)).hasSizeGreaterThan(3);
  }
}
