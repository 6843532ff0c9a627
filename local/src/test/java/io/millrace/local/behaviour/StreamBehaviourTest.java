package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.EventStream;
import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.StartOptions;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.StreamCursor;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What readers of a run's stream see, and when. */
@MillraceTest(settings = "millrace.grace.ms=1500")
class StreamBehaviourTest {
  record Begin(int sacks) implements StartEvent {}

  record Progress(int sack) implements Event {}

  record Flour(int bags) implements StopEvent {}

  /** Streams one event, stays until it is let go, and streams the rest. */
  static final class Halfway {
    final HeldStep hold = new HeldStep();

    @Step(streams = Progress.class)
    public Flour grind(Begin begin, RunContext context) throws InterruptedException {
      context.writeEventToStream(new Progress(1));
      hold.stay(context);
      for (int sack = 2; sack <= begin.sacks(); sack++) {
        context.writeEventToStream(new Progress(sack));
      }
      return new Flour(begin.sacks());
    }
  }

  private final Workshop workshop;
  private final WorkflowClient client;

  StreamBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
  }

  private static Workflow<Begin, Flour> workflow(String name) {
    return Workflow.of(name, Begin.class, Flour.class);
  }

  /** A progress by its number, everything else by its kind. */
  private static String shown(StreamedEvent event) {
    return event.is(Progress.class)
        ? Integer.toString(event.as(Progress.class).sack())
        : event.kind().toString();
  }

  private static List<String> read(RunHandle<Flour> run, StreamOptions options) {
    List<String> shown = new ArrayList<>();
    run.streamEvents(options).forEach(event -> shown.add(shown(event)));
    return shown;
  }

  private static List<String> read(RunHandle<Flour> run) {
    return read(run, StreamOptions.fromStart());
  }

  @Test
  void O1_an_event_is_seen_while_its_step_still_runs() throws Exception {
    Halfway step = new Halfway();
    workshop.worker("live", step);
    RunHandle<Flour> run = client.start(workflow("live"), new Begin(3));
    List<String> shown = new ArrayList<>();

    for (StreamedEvent event : run.streamEvents()) {
      shown.add(shown(event));
      // The step goes on only because its first event was seen.
      step.hold.letGo.countDown();
    }

    assertThat(shown).containsExactly("1", "2", "3", "TERMINAL");
    assertThat(run.result(PATIENCE)).isEqualTo(new Flour(3));
  }

  @Test
  void O1_events_of_an_attempt_come_in_the_order_they_were_written() {
    Halfway step = new Halfway();
    step.hold.letGo.countDown();
    workshop.worker("ordered", step);

    RunHandle<Flour> run = client.start(workflow("ordered"), new Begin(500));

    List<String> expected =
        new ArrayList<>(IntStream.rangeClosed(1, 500).mapToObj(Integer::toString).toList());
    expected.add("TERMINAL");
    assertThat(read(run)).isEqualTo(expected);
  }

  @Test
  void O1_each_of_many_readers_reads_from_where_it_wants() throws Exception {
    Halfway step = new Halfway();
    workshop.worker("many", step);
    RunHandle<Flour> run = client.start(workflow("many"), new Begin(3));
    StreamCursor cursor;
    try (EventStream.EventIterator first = run.streamEvents().iterator()) {
      cursor = first.next().cursor();
    }
    RunHandle<Flour> elsewhere = workshop.client().attach(workflow("many"), run.runId());
    EventStream.EventIterator now = elsewhere.streamEvents(StreamOptions.fromNow()).iterator();
    List<CompletableFuture<List<String>>> fromStart =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> read(run)))
            .toList();

    step.hold.letGo.countDown();

    List<String> fromNow = new ArrayList<>();
    now.forEachRemaining(event -> fromNow.add(shown(event)));
    assertThat(fromNow).containsExactly("2", "3", "TERMINAL");
    assertThat(read(elsewhere, StreamOptions.from(StreamCursor.parse(cursor.toString()))))
        .containsExactly("2", "3", "TERMINAL");
    for (CompletableFuture<List<String>> reader : fromStart) {
      assertThat(reader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .containsExactly("1", "2", "3", "TERMINAL");
    }
    assertThat(read(run)).containsExactly("1", "2", "3", "TERMINAL");
  }

  @Test
  void O1_a_reader_that_came_before_the_first_event_gets_it() throws Exception {
    Halfway step = new Halfway();
    WorkflowClient hand = workshop.client();
    workshop.worker("before", new Halfway()).close();
    // The step is known but nobody runs it: the stream cannot exist yet.
    RunHandle<Flour> run = hand.start(workflow("before"), new Begin(2));
    CompletableFuture<List<String>> early = CompletableFuture.supplyAsync(() -> read(run));
    assertThat(workshop.topics())
        .doesNotContain(workshop.namespace().stream("before", run.runId()));
    step.hold.letGo.countDown();

    workshop.worker("before", step);

    assertThat(early.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .containsExactly("1", "2", "TERMINAL");
  }

  /** Fails its first attempt after two events. */
  static final class SecondTime {
    @Step(streams = Progress.class, retry = @Retry(maxAttempts = 2, delay = "10ms"))
    public Flour grind(Begin begin, RunContext context) {
      context.writeEventToStream(new Progress(context.attempt() * 10));
      context.writeEventToStream(new Progress(context.attempt() * 10 + 1));
      if (context.attempt() == 1) {
        throw new IllegalStateException("the belt slipped");
      }
      return new Flour(1);
    }
  }

  @Test
  void O2_a_new_attempt_after_a_failure_announces_itself() {
    workshop.worker("retried", new SecondTime());

    RunHandle<Flour> run = client.start(workflow("retried"), new Begin(1));

    assertThat(read(run)).containsExactly("10", "11", "ATTEMPT_RESTARTED", "20", "21", "TERMINAL");
    assertThat(read(run)).containsExactly("10", "11", "ATTEMPT_RESTARTED", "20", "21", "TERMINAL");
  }

  @Test
  void O2_internal_events_are_shown_only_on_request() {
    workshop.worker("internal", new SecondTime());
    RunHandle<Flour> run =
        client.start(
            workflow("internal"), new Begin(1), StartOptions.ofDefaults().withInternalEvents());
    run.result(PATIENCE);

    List<String> all = read(run, StreamOptions.fromStart().withInternal());
    List<String> plain = read(run);

    assertThat(all).contains("INTERNAL");
    assertThat(plain).containsExactly("10", "11", "ATTEMPT_RESTARTED", "20", "21", "TERMINAL");
    assertThat(all).filteredOn(text -> !text.equals("INTERNAL")).isEqualTo(plain);
  }

  @Test
  void O2_what_a_second_worker_does_again_is_announced_and_not_a_duplicate() throws Exception {
    Halfway lost = new Halfway();
    // Never adopted, so that its group alone delivers it again, and its coordinator does not too.
    StepWorker first =
        workshop.worker(
            Map.of("millrace.drain.timeout.ms", "1", "millrace.adoption.grace.ms", "60000"),
            "redelivered",
            lost);
    RunHandle<Flour> run = client.start(workflow("redelivered"), new Begin(3));
    Workshop.await(lost.hold.reached);
    Halfway again = new Halfway();
    again.hold.letGo.countDown();

    first.close();
    workshop.worker("redelivered", again);

    assertThat(run.result(PATIENCE)).isEqualTo(new Flour(3));
    assertThat(read(run)).containsExactly("1", "ATTEMPT_RESTARTED", "1", "2", "3", "TERMINAL");
    assertThat(lost.hold.calls).hasValue(1);
    assertThat(again.hold.calls).hasValue(1);
  }

  @Test
  void O2_a_restart_of_the_coordinator_repeats_nothing(LocalMillrace millrace) throws Exception {
    Halfway step = new Halfway();
    workshop.worker("restarted", step);
    RunHandle<Flour> run = client.start(workflow("restarted"), new Begin(3));
    CompletableFuture<List<String>> live = CompletableFuture.supplyAsync(() -> read(run));
    Workshop.await(step.hold.reached);

    millrace.stopCoordinator();
    step.hold.letGo.countDown();
    millrace.startCoordinator();

    assertThat(live.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .containsExactly("1", "2", "3", "TERMINAL");
    assertThat(read(run)).containsExactly("1", "2", "3", "TERMINAL");
    assertThat(step.hold.calls).hasValue(1);
    assertThat(workshop.outcomes(run.runId())).hasSize(1);
  }

  static final class Quiet {
    @Step
    public Flour grind(Begin begin) {
      return new Flour(begin.sacks());
    }
  }

  @Test
  void O3_a_run_that_streams_nothing_has_no_topic_and_its_stream_only_the_terminal_event()
      throws Exception {
    Halfway loud = new Halfway();
    loud.hold.letGo.countDown();
    workshop.worker("quiet", new Quiet());
    workshop.worker("loud", loud);
    RunHandle<Flour> run = client.start(workflow("quiet"), new Begin(1));
    CompletableFuture<List<String>> live = CompletableFuture.supplyAsync(() -> read(run));

    run.result(PATIENCE);
    // The publisher takes facts in order per partition; both partitions have had later ones.
    List<RunHandle<Flour>> later =
        IntStream.range(0, 8)
            .mapToObj(i -> client.start(workflow("loud"), new Begin(1), "loud-" + i))
            .toList();
    later.forEach(other -> other.result(PATIENCE));

    assertThat(live.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).containsExactly("TERMINAL");
    assertThat(read(run)).containsExactly("TERMINAL");
    assertThat(workshop.topics())
        .contains(workshop.namespace().stream("loud", "loud-0"))
        .doesNotContain(workshop.namespace().stream("quiet", run.runId()));
  }

  record Note(String text) implements Event {}

  static final class Noting {
    final HeldStep hold = new HeldStep();

    @Step(streams = Note.class)
    public Flour grind(Begin begin, RunContext context) throws InterruptedException {
      context.writeEventToStream(new Note("the first sack is ground"));
      hold.stay(context);
      return new Flour(begin.sacks());
    }
  }

  @Test
  void O5_kafkas_console_consumer_shows_the_events_while_the_run_is_going() throws Exception {
    Noting step = new Noting();
    workshop.worker("console", step);
    RunHandle<Flour> run = client.start(workflow("console"), new Begin(1), "console-1");
    Workshop.await(step.hold.reached);
    String topic = workshop.namespace().stream("console", "console-1");
    Awaitility.await().atMost(PATIENCE).until(() -> workshop.topics().contains(topic));

    Process console =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ConsoleConsumer.class.getName(),
                "--bootstrap-server",
                workshop.config().text("bootstrap.servers").orElseThrow(),
                "--topic",
                topic,
                "--from-beginning",
                "--max-messages",
                "1",
                "--timeout-ms",
                "45000",
                "--formatter-property",
                "print.headers=true")
            .redirectErrorStream(true)
            .start();
    String said = new String(console.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(step.hold.letGo.getCount()).isEqualTo(1);
    assertThat(said)
        .contains("the first sack is ground")
        .contains(Headers.EVENT_TYPE + ":Note")
        .contains(Headers.STEP + ":grind");
    step.hold.letGo.countDown();
    run.result(PATIENCE);
  }
}
