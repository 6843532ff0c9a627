package io.millrace.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.BrokerUnavailableException;
import io.millrace.ClientClosedException;
import io.millrace.EventStream;
import io.millrace.InvalidStartException;
import io.millrace.NotRedrivableException;
import io.millrace.Redriven;
import io.millrace.RequestTimeoutException;
import io.millrace.ResultTimeoutException;
import io.millrace.RunCancelledException;
import io.millrace.RunFailedException;
import io.millrace.RunHandle;
import io.millrace.RunIdTakenException;
import io.millrace.SendOptions;
import io.millrace.StartOptions;
import io.millrace.StreamCursor;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.UnknownRunException;
import io.millrace.UnknownWorkflowException;
import io.millrace.UntypedRunHandle;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.event.MalformedEventException;
import io.millrace.json.JsonMismatchException;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.local.client.Story.Ask;
import io.millrace.local.client.Story.Line;
import io.millrace.local.client.Story.Other;
import io.millrace.local.client.Story.Question;
import io.millrace.local.client.Story.Told;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.ExternalEvent;
import io.millrace.protocol.InspectRun;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RedriveRun;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import io.millrace.protocol.RunFailure;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartRun;
import io.millrace.protocol.StateValue;
import io.millrace.step.StepDefinitions;
import io.millrace.step.StepRegistrations;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
@Timeout(60)
final class WorkflowClientTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private MillraceConfig config;
  private ScriptedCoordinator coordinator;
  private WorkflowClient client;
  private EventCodec codec;

  @BeforeEach
  void start(LocalMillrace millrace) {
    config =
        MillraceConfig.of(millrace.config())
            .with(
                Map.of("millrace.workflow.wait.ms", "5000", "millrace.request.timeout.ms", "3000"));
    coordinator = millrace.closeAtEnd(new ScriptedCoordinator(config.asMap()));
    StepDefinitions.of(new Story())
        .forEach(
            step ->
                coordinator.register(StepRegistrations.of(step, "story", 1, config.namespace())));
    client = millrace.closeAtEnd(WorkflowClient.create(config));
    codec = EventCodecs.of(config.asMap());
  }

  private ScriptedCoordinator.Event line(int number) {
    return new ScriptedCoordinator.Event("Line", codec.encode(new Line(number), "story"));
  }

  private RunOutcome told(String runId, String text, boolean streamed) {
    byte[] value = codec.encode(new Told(text), "story");
    return coordinator
        .outcome(runId, OutcomeStatus.COMPLETED)
        .setResult(
            new EventData("e9", "Told", EventKind.STOP, ByteBuffer.wrap(value), null, null, null))
        .setStreamed(streamed)
        .build();
  }

  @SuppressWarnings("NullAway") // what a careless caller does
  private static Ask withoutQuestion() {
    return new Ask(null);
  }

  private static List<String> read(Iterable<StreamedEvent> stream) {
    List<String> seen = new ArrayList<>();
    for (StreamedEvent event : stream) {
      seen.add(event.is(Line.class) ? "line " + event.as(Line.class).number() : event.type());
    }
    return seen;
  }

  @Test
  void R4_the_result_is_the_typed_stop_event() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.end(told(run.runId(), "the miller", false));

    assertThat(run.result(SOON)).isEqualTo(new Told("the miller"));
    assertThat(run.resultAsync().join()).isEqualTo(new Told("the miller"));
    EventData start = coordinator.startEvent(run.runId());
    assertThat(start.getKind()).isEqualTo(EventKind.START);
    assertThat(start.getType()).isEqualTo("Ask");
  }

  @Test
  void R1_a_run_may_be_started_without_waiting_for_the_coordinator() throws Exception {
    CompletableFuture<RunHandle<Told>> start =
        client.startAsync(Story.WORKFLOW, new Ask("who?"), StartOptions.ofDefaults());
    RunHandle<Told> run = start.get(20, TimeUnit.SECONDS);
    coordinator.end(told(run.runId(), "the miller", false));

    assertThat(run.result(SOON)).isEqualTo(new Told("the miller"));
  }

  @Test
  void R1_a_start_that_is_not_waited_for_fails_with_what_start_throws() {
    coordinator.refusals.put("taken", new Refused(RefusalCode.RUN_ID_TAKEN, "of workflow other"));

    CompletableFuture<RunHandle<Told>> other =
        client.startAsync(
            Story.WORKFLOW, new Ask("why?"), StartOptions.ofDefaults().withRunId("taken"));

    assertThatThrownBy(() -> other.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RunIdTakenException.class);
  }

  @Test
  void R1_starting_an_id_twice_is_one_run_even_after_its_end() {
    RunHandle<Told> first = client.start(Story.WORKFLOW, new Ask("who?"), "once");
    coordinator.end(told("once", "a", false));
    assertThat(first.result(SOON)).isEqualTo(new Told("a"));

    RunHandle<Told> again = client.start(Story.WORKFLOW, new Ask("who?"), "once");

    assertThat(again.result(SOON)).isEqualTo(new Told("a"));
  }

  @Test
  void R1_a_taken_id_is_refused() {
    coordinator.refusals.put("mine", new Refused(RefusalCode.RUN_ID_TAKEN, "of workflow other"));

    assertThatThrownBy(() -> client.start(Story.WORKFLOW, new Ask("who?"), "mine"))
        .isInstanceOf(RunIdTakenException.class)
        .hasMessageContaining("mine")
        .hasMessageContaining("of workflow other");
  }

  @Test
  void R2_bad_starts_are_refused_before_anything_is_written() {
    Workflow<Ask, Told> unknown = Workflow.of("unknown", Ask.class, Told.class);
    Workflow<Other, Told> wrong = Workflow.of("story", Other.class, Told.class);
    Workflow<Line, Told> noStart = Workflow.of("story", Line.class, Told.class);

    assertThatThrownBy(() -> client.start(unknown, new Ask("who?")))
        .isInstanceOf(UnknownWorkflowException.class)
        .hasMessageContaining("story");
    assertThatThrownBy(() -> client.start(wrong, new Other("who?")))
        .isInstanceOf(InvalidStartException.class)
        .hasMessageContaining("[Ask]");
    assertThatThrownBy(() -> client.start(noStart, new Line(1)))
        .isInstanceOf(InvalidStartException.class);
    assertThatThrownBy(() -> client.start(Story.WORKFLOW, withoutQuestion()))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("question");
    assertThatThrownBy(() -> client.start(Story.WORKFLOW, new Ask("who?"), "a.b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.startJson("story", "Line", "{}", StartOptions.ofDefaults()))
        .isInstanceOf(InvalidStartException.class)
        .hasMessageContaining("[Ask]");
    assertThatThrownBy(() -> client.startJson("story", "{}", StartOptions.ofDefaults()))
        .isInstanceOf(JsonMismatchException.class)
        .hasMessageContaining("question");
    assertThat(coordinator.inputs).isEmpty();
  }

  @Test
  void R2_a_workflow_that_registers_late_is_waited_for() {
    CompletableFuture<RunHandle<Told>> starting =
        CompletableFuture.supplyAsync(
            () -> client.start(Workflow.of("late", Ask.class, Told.class), new Ask("who?")));
    coordinator.register(
        StepRegistrations.of(
            StepDefinitions.of(new Story()).stream()
                .filter(step -> step.name().equals("tell"))
                .findFirst()
                .orElseThrow(),
            "late",
            1,
            config.namespace()));

    assertThat(starting.join().workflow()).isEqualTo("late");
  }

  @Test
  void silence_of_the_coordinator_is_a_named_error_and_asking_is_repeated_under_one_id() {
    coordinator.silent = true;

    assertThatThrownBy(() -> client.start(Story.WORKFLOW, new Ask("who?")))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("no coordinator")
        .hasMessageContaining(config.namespace().name());
    assertThat(coordinator.inputs).hasSizeGreaterThan(1);
    assertThat(coordinator.inputs.stream().map(i -> ((StartRun) i.getBody()).getRequest().getId()))
        .containsOnly(((StartRun) coordinator.inputs.get(0).getBody()).getRequest().getId());
  }

  @Test
  void R4_a_failure_names_step_error_and_attempts() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.end(
        coordinator
            .outcome(run.runId(), OutcomeStatus.FAILED)
            .setFailure(new RunFailure("tell", "x1", new ErrorInfo("BadIdea", "no", "at tell"), 3))
            .build());

    assertThatThrownBy(() -> run.result(SOON))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> {
              assertThat(e.step()).isEqualTo("tell");
              assertThat(e.errorType()).isEqualTo("BadIdea");
              assertThat(e.remoteStack()).isEqualTo("at tell");
              assertThat(e.attempts()).isEqualTo(3);
            });
  }

  @Test
  void R4_a_result_waits_for_the_terminal_event_of_a_streamed_run() throws Exception {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.stream(run.runId(), "x1", 1, "t1", 1, line(1));
    RunOutcome outcome = told(run.runId(), "a", true);
    CompletableFuture<Told> result = run.resultAsync();
    coordinator.end(outcome);
    CompletableFuture<Boolean> early = new CompletableFuture<>();
    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              early.complete(result.isDone());
              coordinator.terminal(outcome);
            });

    assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new Told("a"));
    assertThat(early.join()).isFalse();
  }

  @Test
  void R4_a_result_waits_for_a_stream_that_the_publisher_has_yet_to_make() throws Exception {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    RunOutcome outcome = told(run.runId(), "a", true);
    CompletableFuture<Told> result = run.resultAsync();
    coordinator.end(outcome);
    CompletableFuture<Boolean> early = new CompletableFuture<>();
    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              early.complete(result.isDone());
              coordinator.terminal(outcome);
            });

    assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new Told("a"));
    assertThat(early.join()).isFalse();
    assertThat(read(run.streamEvents())).containsExactly("Told");
  }

  @Test
  void a_result_that_takes_too_long_is_a_named_error_and_the_run_goes_on() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));

    assertThatThrownBy(() -> run.result(Duration.ofMillis(50)))
        .isInstanceOf(ResultTimeoutException.class);
    coordinator.end(told(run.runId(), "a", false));
    assertThat(run.result(SOON)).isEqualTo(new Told("a"));
  }

  @Test
  void O1_events_are_read_while_the_run_goes_on_up_to_the_terminal_event() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    Iterator<StreamedEvent> events = run.streamEvents().iterator();
    CompletableFuture<StreamedEvent> first = CompletableFuture.supplyAsync(events::next);
    coordinator.stream(run.runId(), "x1", 1, "t1", 1, line(1));

    StreamedEvent event = first.join();
    assertThat(event.as(Line.class)).isEqualTo(new Line(1));
    assertThat(event.json()).isEqualTo("{\"number\":1}");
    assertThat(event.step()).isEqualTo("work");
    RunOutcome outcome = told(run.runId(), "a", true);
    coordinator.end(outcome);
    coordinator.terminal(outcome);
    StreamedEvent terminal = events.next();
    assertThat(terminal.isTerminal()).isTrue();
    assertThat(terminal.type()).isEqualTo("Told");
    assertThat(terminal.as(Told.class)).isEqualTo(new Told("a"));
    assertThat(terminal.json()).contains("\"result\":{\"text\":\"a\"}");
    assertThat(events.hasNext()).isFalse();
  }

  @Test
  void O1_many_readers_from_the_start_and_from_a_cursor_and_from_now() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    for (int i = 1; i <= 3; i++) {
      coordinator.stream(run.runId(), "x1", 1, "t1", i, line(i));
    }
    StreamCursor cursor = StreamCursor.START;
    for (StreamedEvent event : run.streamEvents()) {
      cursor = StreamCursor.parse(event.cursor().toString());
      break;
    }
    EventStream.EventIterator now = run.streamEvents(StreamOptions.fromNow()).iterator();
    coordinator.stream(run.runId(), "x1", 1, "t1", 4, line(4));
    RunOutcome outcome = told(run.runId(), "a", true);
    coordinator.terminal(outcome);
    coordinator.end(outcome);

    assertThat(read(run.streamEvents()))
        .containsExactly("line 1", "line 2", "line 3", "line 4", "Told");
    assertThat(read(run.streamEvents(StreamOptions.from(cursor))))
        .containsExactly("line 2", "line 3", "line 4", "Told");
    assertThat(read(() -> now)).containsExactly("line 4", "Told");
  }

  @Test
  void O2_repeats_are_dropped_and_a_new_attempt_announces_itself_and_silences_the_old() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.stream(run.runId(), "x1", 1, "t1", 1, line(1));
    coordinator.stream(run.runId(), "x1", 1, "t1", 1, line(1));
    coordinator.stream(run.runId(), "x1", 2, "t2", 1, line(10));
    coordinator.stream(run.runId(), "x1", 1, "t1", 2, line(2));
    RunOutcome outcome = told(run.runId(), "a", true);
    coordinator.terminal(outcome);
    coordinator.terminal(outcome);

    assertThat(read(run.streamEvents()))
        .containsExactly("line 1", "AttemptRestarted", "line 10", "Told");
  }

  @Test
  void O3_a_run_that_streams_nothing_yields_the_terminal_event_only() throws Exception {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    CompletableFuture<List<String>> reading =
        CompletableFuture.supplyAsync(() -> read(run.streamEvents()));
    coordinator.end(told(run.runId(), "a", false));

    assertThat(reading.join()).containsExactly("Told");
    assertThat(coordinator.hasStream(run.runId())).isFalse();
  }

  @Test
  void law_11_reading_a_stream_that_is_deleted_ends_with_the_outcome() throws Exception {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.stream(run.runId(), "x1", 1, "t1", 1, line(1));
    Iterator<StreamedEvent> open = run.streamEvents().iterator();
    assertThat(open.next().type()).isEqualTo("Line");
    coordinator.end(told(run.runId(), "a", true));
    coordinator.deleteStream(run.runId());

    assertThat(read(run.streamEvents())).containsExactly("Told");
    assertThat(read(() -> open)).containsExactly("Told");
  }

  @Test
  void W2_another_client_attaches_answers_the_prompt_and_gets_the_result(LocalMillrace millrace) {
    String runId = client.start(Story.WORKFLOW, new Ask("who?")).runId();
    client.close();
    byte[] question = codec.encode(new Question("sure?"), "story");
    coordinator.prompt(runId, "p1", new ScriptedCoordinator.Event("Question", question));

    WorkflowClient other = millrace.closeAtEnd(WorkflowClient.create(config));
    RunHandle<Told> run = other.attach(Story.WORKFLOW, runId);
    StreamedEvent prompt = run.streamEvents().iterator().next();
    assertThat(prompt.kind()).isEqualTo(StreamedEvent.Kind.PROMPT);
    assertThat(prompt.as(Question.class)).isEqualTo(new Question("sure?"));
    assertThat(run.sendEvent(new Story.Reply("yes"), SendOptions.inReplyTo(prompt))).isTrue();
    ExternalEvent answer =
        (ExternalEvent) coordinator.inputs.get(coordinator.inputs.size() - 1).getBody();
    assertThat(answer.getEvent().getInReplyTo()).isEqualTo("p1");
    coordinator.end(told(runId, "a", false));
    assertThat(run.result(SOON)).isEqualTo(new Told("a"));
  }

  @Test
  void W2_a_run_that_ended_before_anybody_attached_gives_its_result(LocalMillrace millrace) {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.end(told(run.runId(), "a", false));
    assertThat(run.result(SOON)).isEqualTo(new Told("a"));

    WorkflowClient other = millrace.closeAtEnd(WorkflowClient.create(config));

    RunHandle<Told> attached = other.attach(Story.WORKFLOW, run.runId());
    assertThat(attached.result(SOON)).isEqualTo(new Told("a"));
    assertThat(read(attached.streamEvents())).containsExactly("Told");
  }

  private RunOutcome failed(String runId) {
    return coordinator
        .outcome(runId, OutcomeStatus.FAILED)
        .setFailure(new RunFailure("work", "x7", new ErrorInfo("E", "jam", ""), 2))
        .setStreamed(true)
        .build();
  }

  @Test
  void E5_a_redriven_run_is_followed_by_the_handle_that_knew_its_failure() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.stream(run.runId(), "x1", 1, "t1", 1, line(1));
    coordinator.terminal(failed(run.runId()));
    coordinator.end(failed(run.runId()));
    assertThatThrownBy(() -> run.result(SOON))
        .isInstanceOfSatisfying(
            RunFailedException.class, e -> assertThat(e.executionId()).isEqualTo("x7"));
    assertThat(read(run.streamEvents())).containsExactly("line 1", "RunFailed");

    assertThat(run.redrive("x7")).isEqualTo(new Redriven(1, 3));

    RedriveRun asked = (RedriveRun) coordinator.inputs.get(coordinator.inputs.size() - 1).getBody();
    assertThat(asked.getExecutionId()).isEqualTo("x7");
    assertThatThrownBy(() -> run.result(Duration.ofMillis(200)))
        .isInstanceOf(ResultTimeoutException.class);
    Iterator<StreamedEvent> open = run.streamEvents().iterator();
    assertThat(open.next().type()).isEqualTo("Line");
    coordinator.stream(run.runId(), "x2", 1, "t2", 1, line(2));
    RunOutcome end = RunOutcome.newBuilder(told(run.runId(), "a", true)).setEpoch(1).build();
    coordinator.terminal(end);
    coordinator.end(end);

    assertThat(read(() -> open)).containsExactly("line 2", "Told");
    assertThat(run.result(SOON)).isEqualTo(new Told("a"));
    assertThat(run.inspect().outcome().orElseThrow().epoch()).isEqualTo(1);
  }

  @Test
  void E5_what_cannot_be_redriven_is_refused_by_name() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.refusals.put(run.runId(), new Refused(RefusalCode.NOT_REDRIVABLE, "it is running"));

    assertThatThrownBy(run::redrive)
        .isInstanceOf(NotRedrivableException.class)
        .hasMessageContaining("it is running");
  }

  @Test
  void W4_events_from_outside_tell_their_fields() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    run.sendEvent(new Story.Reply("yes"));
    client
        .attachUntyped(run.runId())
        .sendJson("Reply", "{\"text\":\"no\"}", SendOptions.ofDefaults());

    assertThat(coordinator.inputs)
        .filteredOn(input -> input.getBody() instanceof ExternalEvent)
        .extracting(input -> ((ExternalEvent) input.getBody()).getEvent().getFields())
        .containsExactly(Map.of("text", "\"yes\""), Map.of("text", "\"no\""));
  }

  @Test
  void T5_a_run_can_begin_with_the_state_of_a_finished_ones_outcome() {
    RunHandle<Told> first = client.start(Story.WORKFLOW, new Ask("who?"));
    assertThatThrownBy(() -> StartOptions.ofDefaults().withStateOf(first))
        .hasMessageContaining("has not ended");
    coordinator.end(
        RunOutcome.newBuilder(told(first.runId(), "a", false))
            .setState(Map.of("total", new StateValue(41L)))
            .build());
    assertThat(first.inspect().outcome().orElseThrow().state().get("total", Long.class))
        .contains(41L);

    client.start(
        Story.WORKFLOW,
        new Ask("again?"),
        StartOptions.ofDefaults().withStateOf(first).withState("more", 1));

    StartRun start = (StartRun) coordinator.inputs.get(coordinator.inputs.size() - 1).getBody();
    assertThat(start.getState())
        .isEqualTo(Map.of("total", new StateValue(41L), "more", new StateValue(1L)));
  }

  @Test
  void R5_a_workflows_timeout_is_that_of_runs_without_one_of_their_own() {
    Workflow<Ask, Told> timed = Story.WORKFLOW.withTimeout(Duration.ofSeconds(7));
    client.start(timed, new Ask("who?"));
    client.start(
        timed, new Ask("who?"), StartOptions.ofDefaults().withTimeout(Duration.ofSeconds(8)));
    client.start(Story.WORKFLOW, new Ask("who?"));

    assertThat(coordinator.inputs)
        .filteredOn(input -> input.getBody() instanceof StartRun)
        .extracting(input -> ((StartRun) input.getBody()).getTimeoutMillis())
        .containsExactly(7_000L, 8_000L, null);
  }

  @Test
  void W7_an_event_id_counts_once() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    SendOptions once = SendOptions.ofDefaults().withEventId("e1");

    assertThat(run.sendEvent(new Story.Reply("yes"), once)).isTrue();
    assertThat(run.sendEvent(new Story.Reply("yes"), once)).isFalse();
  }

  @Test
  void R7_cancel_says_whether_the_run_was_running() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));

    assertThat(run.cancel("enough")).isTrue();
    assertThat(run.cancel()).isFalse();
    assertThatThrownBy(() -> run.result(SOON))
        .isInstanceOf(RunCancelledException.class)
        .hasMessageContaining("enough");
  }

  @Test
  void R8_inspect_tells_status_and_outcome() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    assertThat(run.inspect().status()).isEqualTo(RunStatus.RUNNING);

    coordinator.end(told(run.runId(), "a", false));

    assertThat(run.inspect().outcome()).isPresent();
    assertThatThrownBy(() -> client.attachUntyped("nobody"))
        .isInstanceOf(UnknownRunException.class);
  }

  @Test
  void attaching_asks_once_and_tells_what_it_was_told() {
    UntypedRunHandle started =
        client.startJson("story", "{\"question\":\"who?\"}", StartOptions.ofDefaults());
    assertThat(started.inspectionAtAttach()).isEmpty();

    UntypedRunHandle attached = client.attachUntyped(started.runId());

    assertThat(attached.inspectionAtAttach())
        .hasValueSatisfying(run -> assertThat(run.status()).isEqualTo(RunStatus.RUNNING));
    assertThat(coordinator.inputs)
        .filteredOn(input -> input.getBody() instanceof InspectRun)
        .hasSize(1);
  }

  @Test
  void a_run_is_started_fed_and_read_as_JSON() {
    UntypedRunHandle run =
        client.startJson("story", "{\"question\":\"who?\"}", StartOptions.ofDefaults());
    EventData start = coordinator.startEvent(run.runId());
    byte[] value = new byte[start.getValue().remaining()];
    start.getValue().duplicate().get(value);
    assertThat(codec.decode(value, codec.typeOf(Ask.class))).isEqualTo(new Ask("who?"));

    UntypedRunHandle other = client.attachUntyped(run.runId());
    assertThat(other.sendJson("Reply", "{\"text\":\"yes\"}", SendOptions.ofDefaults())).isTrue();
    coordinator.end(told(run.runId(), "a", false));
    assertThat(run.result(SOON)).isEqualTo("{\"text\":\"a\"}");
  }

  @Test
  void workflows_lists_steps_and_start_types() {
    assertThat(client.workflows())
        .singleElement()
        .satisfies(
            info -> {
              assertThat(info.name()).isEqualTo("story");
              assertThat(info.startTypes()).containsExactly("Ask");
              assertThat(info.steps()).hasSize(2);
            });
  }

  @Test
  void closing_the_client_ends_waiting_calls() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.stream(run.runId(), "x1", 1, "t1", 1, line(1));
    CompletableFuture<Told> result = run.resultAsync();
    EventStream.EventIterator events = run.streamEvents().iterator();
    events.next();
    CompletableFuture<Boolean> more = CompletableFuture.supplyAsync(events::hasNext);

    client.close();

    Awaitility.await().atMost(SOON).until(() -> result.isDone() && more.isDone());
    assertThatThrownBy(result::join).hasCauseInstanceOf(ClientClosedException.class);
    assertThatThrownBy(more::join).hasCauseInstanceOf(ClientClosedException.class);
  }

  @Test
  void closing_the_client_does_not_wait_for_an_answer_that_the_broker_holds_back() {
    WorkflowClient reading =
        WorkflowClient.create(config.with(Map.of("kafka.fetch.max.wait.ms", "9000")));
    reading.workflows();
    long began = System.nanoTime();

    reading.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void a_missing_broker_is_a_named_error_in_bounded_time() {
    MillraceConfig nobody =
        config.with(Map.of("bootstrap.servers", "localhost:1", "millrace.broker.wait.ms", "500"));

    assertThatThrownBy(() -> WorkflowClient.create(nobody))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("localhost:1")
        .hasMessageContaining("bootstrap.servers");
  }

  @Test
  void a_namespace_without_a_coordinator_is_a_named_error(LocalMillrace millrace) {
    WorkflowClient lonely =
        millrace.closeAtEnd(
            WorkflowClient.create(config.with(Map.of("millrace.namespace", "nobody-here"))));

    assertThatThrownBy(() -> lonely.attach(Story.WORKFLOW, "r1"))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("nobody-here.runs");
  }
}
