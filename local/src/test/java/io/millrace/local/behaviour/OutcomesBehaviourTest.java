package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.Event;
import io.millrace.ResultTimeoutException;
import io.millrace.Retry;
import io.millrace.RunCancelledException;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.RunHandle;
import io.millrace.RunStalledException;
import io.millrace.RunTimedOutException;
import io.millrace.StartEvent;
import io.millrace.StartOptions;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.WorkflowException;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.Headers;
import io.millrace.protocol.OutcomeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each way in which a run can end, as its caller sees it. */
@MillraceTest(settings = "millrace.grace.ms=1500")
class OutcomesBehaviourTest {
  record Begin(int sacks) implements StartEvent {}

  record Sifted(int sacks) implements Event {}

  record Water() implements Event {}

  record Flour(int bags, List<String> labels) implements StopEvent {}

  private final Workshop workshop;
  private final WorkflowClient client;

  OutcomesBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
  }

  private static Workflow<Begin, Flour> workflow(String name) {
    return Workflow.of(name, Begin.class, Flour.class);
  }

  private static final StartOptions DEFAULTS = StartOptions.ofDefaults();

  /**
   * What the run's topic holds at this moment must end with how the run ended, and a reader must
   * yield just that.
   */
  private void assertTerminalIsOnTheStream(RunHandle<Flour> run, OutcomeStatus status) {
    List<ConsumerRecord<byte[], byte[]>> records =
        workshop.read(workshop.namespace().stream(run.workflow(), run.runId()));
    assertThat(records)
        .extracting(record -> Workshop.header(record, Headers.STREAM_ENTRY))
        .endsWith("event", "terminal");
    List<StreamedEvent> seen = new ArrayList<>();
    run.streamEvents().forEach(seen::add);
    assertThat(seen).filteredOn(StreamedEvent::isTerminal).hasSize(1);
    StreamedEvent last = seen.get(seen.size() - 1);
    assertThat(last.isTerminal()).isTrue();
    assertThat(last.outcome().orElseThrow().status()).isEqualTo(status);
    assertThat(seen.get(0).as(Sifted.class)).isEqualTo(new Sifted(7));
  }

  static final class Grind {
    @Step(streams = Sifted.class)
    public Flour grind(Begin begin, RunContext context) {
      context.writeEventToStream(new Sifted(begin.sacks()));
      return new Flour(begin.sacks() * 10, List.of("fine", "coarse"));
    }
  }

  @Test
  void R4_a_completed_run_gives_its_typed_stop_event() throws Exception {
    workshop.worker("completed", new Grind());

    RunHandle<Flour> run = client.start(workflow("completed"), new Begin(7));

    Flour flour = run.result(PATIENCE);
    assertTerminalIsOnTheStream(run, OutcomeStatus.COMPLETED);
    assertThat(flour).isEqualTo(new Flour(70, List.of("fine", "coarse")));
    assertThat(run.result()).isEqualTo(flour);
    assertThat(run.resultAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(flour);
  }

  static final class Broken {
    @Step(streams = Sifted.class, retry = @Retry(maxAttempts = 3, delay = "10ms", multiplier = 1))
    public Flour grind(Begin begin, RunContext context) {
      context.writeEventToStream(new Sifted(begin.sacks()));
      throw new IllegalStateException("the stone is broken");
    }
  }

  @Test
  void R4_a_failed_run_tells_step_exception_message_stack_and_attempts() {
    workshop.worker("failed", new Broken());
    RunHandle<Flour> run = client.start(workflow("failed"), new Begin(7), "failed-1");

    RunFailedException failed =
        catchThrowableOfType(RunFailedException.class, () -> run.result(PATIENCE));

    assertTerminalIsOnTheStream(run, OutcomeStatus.FAILED);
    assertThat(failed).isInstanceOf(WorkflowException.class);
    assertThat(failed.step()).isEqualTo("grind");
    assertThat(failed.errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failed.errorMessage()).isEqualTo("the stone is broken");
    assertThat(failed.remoteStack()).contains("OutcomesBehaviourTest$Broken.grind");
    assertThat(failed.attempts()).isEqualTo(3);
    assertThat(failed)
        .hasMessageContainingAll("failed-1", "grind", "3 attempts", "the stone is broken");
  }

  @Test
  void R4_the_future_of_a_failed_run_fails_with_the_same_exception() {
    workshop.worker("failed-later", new Broken());
    RunHandle<Flour> run = client.start(workflow("failed-later"), new Begin(7));

    Throwable thrown =
        catchThrowable(() -> run.resultAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));

    assertThat(thrown).isInstanceOfAny(ExecutionException.class, CompletionException.class);
    assertThat(thrown).hasCauseInstanceOf(RunFailedException.class);
  }

  static final class Slow {
    final HeldStep hold = new HeldStep();

    @Step(streams = Sifted.class)
    public Flour grind(Begin begin, RunContext context) throws InterruptedException {
      context.writeEventToStream(new Sifted(begin.sacks()));
      hold.stay(context);
      return new Flour(0, List.of());
    }
  }

  @Test
  void R4_a_run_whose_time_is_up_tells_which_steps_were_active() throws Exception {
    Slow slow = new Slow();
    workshop.worker("slow", slow);
    RunHandle<Flour> run =
        client.start(
            workflow("slow"), new Begin(7), DEFAULTS.withTimeout(Duration.ofMillis(2_500)));
    Workshop.await(slow.hold.reached);

    RunTimedOutException timedOut =
        catchThrowableOfType(RunTimedOutException.class, () -> run.result(PATIENCE));

    assertTerminalIsOnTheStream(run, OutcomeStatus.TIMED_OUT);
    assertThat(timedOut).isInstanceOf(WorkflowException.class);
    assertThat(timedOut.activeSteps()).containsExactly("grind");
    assertThat(timedOut).hasMessageContainingAll(run.runId(), "grind", "2.5");
    assertThat(slow.hold.interrupted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void R4_a_cancelled_run_tells_why() throws Exception {
    Slow slow = new Slow();
    workshop.worker("cancelled", slow);
    RunHandle<Flour> run = client.start(workflow("cancelled"), new Begin(7));
    Workshop.await(slow.hold.reached);
    run.cancel("no wind");

    RunCancelledException cancelled =
        catchThrowableOfType(RunCancelledException.class, () -> run.result(PATIENCE));

    assertTerminalIsOnTheStream(run, OutcomeStatus.CANCELLED);
    assertThat(cancelled).isInstanceOf(WorkflowException.class);
    assertThat(cancelled).hasMessageContainingAll(run.runId(), "no wind");
  }

  /** Water could come from the first step, so nobody outside is waited for; but it does not. */
  static final class Stuck {
    @Step(emits = Water.class, streams = Sifted.class)
    public Sifted sift(Begin begin, RunContext context) {
      context.writeEventToStream(new Sifted(begin.sacks()));
      return new Sifted(begin.sacks());
    }

    @Step(accepts = {Sifted.class, Water.class})
    public @Nullable Flour knead(Event part, RunContext context) {
      return context
          .collectEvents(part, Sifted.class, Water.class, Water.class)
          .map(all -> new Flour(1, List.of()))
          .orElse(null);
    }
  }

  @Test
  void R4_a_stalled_run_tells_what_its_buffers_hold_and_lack() {
    workshop.worker("stalled", new Stuck());
    RunHandle<Flour> run = client.start(workflow("stalled"), new Begin(7));

    RunStalledException stalled =
        catchThrowableOfType(RunStalledException.class, () -> run.result(PATIENCE));

    assertTerminalIsOnTheStream(run, OutcomeStatus.STALLED);
    assertThat(stalled).isInstanceOf(WorkflowException.class);
    assertThat(stalled.buffers()).hasSize(1);
    assertThat(stalled.buffers().get(0).step()).isEqualTo("knead");
    assertThat(stalled.buffers().get(0).holds()).isEqualTo(Map.of("Sifted", 1));
    assertThat(stalled.buffers().get(0).lacks()).isEqualTo(Map.of("Water", 2));
    assertThat(stalled).hasMessageContainingAll(run.runId(), "knead", "Water");
  }

  @Test
  void R4_a_result_that_is_not_there_in_time_leaves_the_run_alone() throws Exception {
    Slow slow = new Slow();
    workshop.worker("patient", slow);
    RunHandle<Flour> run = client.start(workflow("patient"), new Begin(7));
    Workshop.await(slow.hold.reached);

    assertThatThrownBy(() -> run.result(Duration.ofMillis(50)))
        .isInstanceOf(ResultTimeoutException.class)
        .hasMessageContaining(run.runId());
    slow.hold.letGo.countDown();

    assertThat(run.result(PATIENCE)).isEqualTo(new Flour(0, List.of()));
  }

  @Test
  void R5_a_run_without_a_timeout_outlives_one_with_a_timeout() throws Exception {
    Slow slow = new Slow();
    workshop.worker("timeless", slow);
    RunHandle<Flour> without = client.start(workflow("timeless"), new Begin(7));
    RunHandle<Flour> with =
        client.start(
            workflow("timeless"), new Begin(7), DEFAULTS.withTimeout(Duration.ofSeconds(1)));
    Awaitility.await().atMost(PATIENCE).until(() -> slow.hold.calls.get() == 2);

    assertThatThrownBy(() -> with.result(PATIENCE)).isInstanceOf(RunTimedOutException.class);
    slow.hold.letGo.countDown();

    assertThat(without.result(PATIENCE)).isEqualTo(new Flour(0, List.of()));
  }
}
