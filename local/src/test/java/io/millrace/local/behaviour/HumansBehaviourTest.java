package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.EventStream;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.RunContext;
import io.millrace.RunFinishedException;
import io.millrace.RunHandle;
import io.millrace.RunInspection;
import io.millrace.RunStalledException;
import io.millrace.RunTimedOutException;
import io.millrace.SendOptions;
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
import io.millrace.protocol.ExternalEvent;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs that ask people, and people who answer. */
@MillraceTest(settings = {"millrace.grace.ms=1500", "millrace.workflows.check=false"})
class HumansBehaviourTest {
  record Begin() implements StartEvent {}

  record Greeting(String text) implements Event {}

  record NumberNeeded(String prompt) implements InputRequiredEvent {}

  record NumberGiven(int value) implements HumanResponseEvent {}

  record Done(List<Integer> numbers) implements StopEvent {}

  /** Greets, asks, and ends with the first answer. */
  static final class Asking {
    @Step(streams = Greeting.class)
    public NumberNeeded ask(Begin begin, RunContext context) {
      context.writeEventToStream(new Greeting("hello"));
      return new NumberNeeded("Enter a number: ");
    }

    @Step
    public Done answered(NumberGiven given) {
      return new Done(List.of(given.value()));
    }
  }

  /** Asks once and wants two answers. */
  static final class Collecting {
    @Step
    public NumberNeeded ask(Begin begin) {
      return new NumberNeeded("Enter two numbers: ");
    }

    @Step
    public @Nullable Done answered(NumberGiven given, RunContext context) {
      return context
          .collectEvents(given, NumberGiven.class, NumberGiven.class)
          .map(
              all ->
                  new Done(all.list(NumberGiven.class).stream().map(NumberGiven::value).toList()))
          .orElse(null);
    }
  }

  /** Asks, and holds on to the first answer. */
  static final class Pondering {
    final HeldStep hold = new HeldStep();

    @Step
    public NumberNeeded ask(Begin begin) {
      return new NumberNeeded("Enter a number: ");
    }

    @Step
    public Done answered(NumberGiven given, RunContext context) throws InterruptedException {
      hold.stay(context);
      return new Done(List.of(given.value()));
    }
  }

  static final class Dull {
    @Step
    public void nothing(Begin begin) {}
  }

  private final Workshop workshop;
  private final WorkflowClient client;

  HumansBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
  }

  private static Workflow<Begin, Done> workflow(String name) {
    return Workflow.of(name, Begin.class, Done.class);
  }

  private static StreamedEvent firstPrompt(RunHandle<Done> run) {
    try (EventStream.EventIterator events = run.streamEvents().iterator()) {
      while (events.hasNext()) {
        StreamedEvent event = events.next();
        if (event.kind() == StreamedEvent.Kind.PROMPT) {
          return event;
        }
      }
    }
    throw new AssertionError("the run ended without asking");
  }

  @Test
  void W1_a_returned_prompt_is_on_the_stream_and_the_run_waits() {
    workshop.worker("asking", new Asking());
    RunHandle<Done> run = client.start(workflow("asking"), new Begin());

    StreamedEvent prompt = firstPrompt(run);

    assertThat(prompt.type()).isEqualTo("NumberNeeded");
    assertThat(prompt.is(InputRequiredEvent.class)).isTrue();
    assertThat(prompt.as(NumberNeeded.class)).isEqualTo(new NumberNeeded("Enter a number: "));
    RunInspection seen = run.inspect();
    assertThat(seen.status()).isEqualTo(RunStatus.WAITING);
    assertThat(seen.executions()).isEmpty();
    assertThat(seen.prompts()).hasSize(1);
    assertThat(seen.prompts().get(0).eventId()).isEqualTo(prompt.eventId().orElseThrow());
    assertThat(run.sendEvent(new NumberGiven(42), SendOptions.inReplyTo(prompt))).isTrue();
    assertThat(run.result(PATIENCE)).isEqualTo(new Done(List.of(42)));
  }

  static final class SendsPromptAndWorks {
    final HeldStep hold = new HeldStep();

    @Step(emits = {NumberNeeded.class, Greeting.class})
    public void ask(Begin begin, RunContext context) {
      context.sendEvent(new NumberNeeded("Enter a number: "));
      context.sendEvent(new Greeting("busy"));
    }

    @Step
    public void work(Greeting greeting, RunContext context) throws InterruptedException {
      hold.stay(context);
    }

    @Step
    public Done answered(NumberGiven given) {
      return new Done(List.of(given.value()));
    }
  }

  @Test
  void W1_a_run_with_a_prompt_that_also_works_is_running_and_waits_when_the_work_is_done()
      throws Exception {
    SendsPromptAndWorks step = new SendsPromptAndWorks();
    workshop.worker("busy", step);
    RunHandle<Done> run = client.start(workflow("busy"), new Begin());
    Workshop.await(step.hold.reached);

    assertThat(firstPrompt(run).type()).isEqualTo("NumberNeeded");
    assertThat(run.inspect().status()).isEqualTo(RunStatus.RUNNING);
    step.hold.letGo.countDown();

    Awaitility.await().atMost(PATIENCE).until(() -> run.inspect().status() == RunStatus.WAITING);
    run.sendEvent(new NumberGiven(5));
    assertThat(run.result(PATIENCE)).isEqualTo(new Done(List.of(5)));
  }

  @Test
  void W1_a_waiting_run_does_not_stall_however_long_nobody_answers() {
    workshop.worker("waiting", new Asking());
    workshop.worker("dull", new Dull());
    RunHandle<Done> waiting = client.start(workflow("waiting"), new Begin());
    firstPrompt(waiting);

    // A run that began to do nothing later than the other began to wait has stalled.
    RunHandle<Done> dull = client.start(workflow("dull"), new Begin());
    assertThatThrownBy(() -> dull.result(PATIENCE)).isInstanceOf(RunStalledException.class);

    assertThat(waiting.inspect().status()).isEqualTo(RunStatus.WAITING);
    waiting.sendEvent(new NumberGiven(1));
    assertThat(waiting.result(PATIENCE)).isEqualTo(new Done(List.of(1)));
  }

  @Test
  void R5_the_clock_of_a_run_that_pauses_its_timeout_stands_still_while_it_waits()
      throws Exception {
    Pondering step = new Pondering();
    workshop.worker("pausing", step);
    StartOptions timed = StartOptions.ofDefaults().withTimeout(Duration.ofSeconds(4));
    RunHandle<Done> pausing =
        client.start(workflow("pausing"), new Begin(), timed.withPauseTimeoutWhileWaiting());
    firstPrompt(pausing);

    // The same timeout, begun later and not paused, passes.
    RunHandle<Done> hurried = client.start(workflow("pausing"), new Begin(), timed);
    firstPrompt(hurried);
    assertThatThrownBy(() -> hurried.result(PATIENCE)).isInstanceOf(RunTimedOutException.class);
    assertThat(pausing.inspect().status()).isEqualTo(RunStatus.WAITING);

    // Once it works again its clock goes on.
    pausing.sendEvent(new NumberGiven(1));
    Workshop.await(step.hold.reached);
    assertThatThrownBy(() -> pausing.result(PATIENCE))
        .isInstanceOf(RunTimedOutException.class)
        .hasMessageContaining("answered");
  }

  @Test
  void W2_another_process_goes_on_after_coordinator_and_workers_were_replaced(
      LocalMillrace millrace) throws Exception {
    Asking steps = new Asking();
    StepWorker worker = workshop.worker("leaving", steps);
    String cursor;
    try (WorkflowClient asker = WorkflowClient.create(workshop.config())) {
      RunHandle<Done> run = asker.start(workflow("leaving"), new Begin(), "leaving-1");
      StreamedEvent prompt = firstPrompt(run);
      cursor = prompt.cursor().toString();
    }
    worker.close();
    millrace.stopCoordinator();
    millrace.startCoordinator();
    workshop.worker("leaving", new Asking());

    RunHandle<Done> run = workshop.client().attach(workflow("leaving"), "leaving-1");
    List<StreamedEvent> fromStart = new ArrayList<>();
    try (EventStream.EventIterator events = run.streamEvents().iterator()) {
      fromStart.add(events.next());
      fromStart.add(events.next());
    }
    RunInspection seen = run.inspect();
    String promptId = seen.prompts().get(0).eventId();
    assertThat(run.sendEvent(new NumberGiven(42), SendOptions.inReplyTo(promptId))).isTrue();
    List<StreamedEvent> fromCursor = new ArrayList<>();
    run.streamEvents(StreamOptions.from(StreamCursor.parse(cursor))).forEach(fromCursor::add);

    assertThat(seen.status()).isEqualTo(RunStatus.WAITING);
    assertThat(fromStart)
        .extracting(StreamedEvent::type)
        .containsExactly("Greeting", "NumberNeeded");
    assertThat(fromCursor).extracting(StreamedEvent::type).containsExactly("Done");
    assertThat(run.result(PATIENCE)).isEqualTo(new Done(List.of(42)));
  }

  @Test
  void W7_an_event_sent_twice_under_one_id_is_taken_once() {
    workshop.worker("twice", new Collecting());
    RunHandle<Done> run = client.start(workflow("twice"), new Begin());
    firstPrompt(run);
    SendOptions once = SendOptions.ofDefaults().withEventId("vote-1");

    assertThat(run.sendEvent(new NumberGiven(1), once)).isTrue();
    assertThat(run.sendEvent(new NumberGiven(1), once)).isFalse();
    RunHandle<Done> elsewhere = workshop.client().attach(workflow("twice"), run.runId());
    assertThat(elsewhere.sendEvent(new NumberGiven(1), once)).isFalse();
    assertThat(run.sendEvent(new NumberGiven(2))).isTrue();

    assertThat(run.result(PATIENCE).numbers()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void W7_sending_to_a_finished_or_unknown_run_raises(LocalMillrace millrace) throws Exception {
    workshop.worker("over", new Asking());
    RunHandle<Done> run = client.start(workflow("over"), new Begin(), "over-1");
    firstPrompt(run);
    run.sendEvent(new NumberGiven(1));
    run.result(PATIENCE);

    assertThatThrownBy(() -> run.sendEvent(new NumberGiven(2)))
        .isInstanceOf(RunFinishedException.class)
        .hasMessageContaining("over-1");
    assertThat(run.result(PATIENCE)).isEqualTo(new Done(List.of(1)));
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));
    Reply reply =
        hand.ask(
            "never-1",
            request -> new ExternalEvent(request, hand.event("over", new NumberGiven(1)), null));
    assertThat(((Refused) reply.getAnswer()).getCode()).isEqualTo(RefusalCode.UNKNOWN_RUN);
  }

  @Test
  void W7_of_two_answers_to_one_prompt_the_first_wins_and_the_other_is_reported() throws Exception {
    Pondering step = new Pondering();
    workshop.worker("contested", step);
    RunHandle<Done> run =
        client.start(
            workflow("contested"), new Begin(), StartOptions.ofDefaults().withInternalEvents());
    StreamedEvent prompt = firstPrompt(run);

    assertThat(run.sendEvent(new NumberGiven(1), SendOptions.inReplyTo(prompt))).isTrue();
    assertThat(run.sendEvent(new NumberGiven(2), SendOptions.inReplyTo(prompt))).isTrue();
    Workshop.await(step.hold.reached);
    RunInspection seen = run.inspect();
    step.hold.letGo.countDown();

    assertThat(run.result(PATIENCE)).isEqualTo(new Done(List.of(1)));
    assertThat(step.hold.calls).hasValue(1);
    assertThat(seen.notes()).anySatisfy(note -> assertThat(note).contains("NumberGiven"));
    List<StreamedEvent> internal = new ArrayList<>();
    run.streamEvents(StreamOptions.fromStart().withInternal()).forEach(internal::add);
    assertThat(internal).extracting(StreamedEvent::type).contains("UNHANDLED_EVENT");
  }
}
