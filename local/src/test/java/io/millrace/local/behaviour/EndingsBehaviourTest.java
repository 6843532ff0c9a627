package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.RunCancelledException;
import io.millrace.RunContext;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.CancelRun;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepCompleted;
import io.millrace.serde.ProtocolCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How a run is brought to its end, and what becomes of those who were still at work. */
@MillraceTest(settings = "millrace.grace.ms=1500")
class EndingsBehaviourTest {
  record Begin() implements StartEvent {}

  record Heat() implements Event {}

  record Lap(String runner) implements Event {}

  record Won(String by) implements StopEvent {}

  static final class Gun {
    @Step
    public Heat fire(Begin begin) {
      return new Heat();
    }
  }

  /** Wins once it is let go. */
  static final class Hare {
    final CountDownLatch go = new CountDownLatch(1);

    @Step
    public Won hare(Heat heat) throws InterruptedException {
      go.await();
      return new Won("hare");
    }
  }

  static final class Tortoise {
    final HeldStep hold = new HeldStep();

    @Step(streams = Lap.class)
    public Won tortoise(Heat heat, RunContext context) throws InterruptedException {
      context.writeEventToStream(new Lap("tortoise"));
      try {
        hold.stay(context);
      } finally {
        // Whoever does not stop when told to is not listened to.
        tryToWrite(context);
      }
      return new Won("tortoise");
    }

    private static void tryToWrite(RunContext context) {
      try {
        context.writeEventToStream(new Lap("tortoise, too late"));
      } catch (CancellationException e) {
        assertThat(context.isCancelled()).isTrue();
      }
    }
  }

  /** Deaf to interrupts. */
  static final class Mule {
    final HeldStep hold = new HeldStep();

    @Step
    public Won mule(Heat heat) {
      hold.stayStubbornly();
      return new Won("mule");
    }
  }

  private final Workshop workshop;
  private final WorkflowClient client;

  EndingsBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
  }

  private static Workflow<Begin, Won> workflow(String name) {
    return Workflow.of(name, Begin.class, Won.class);
  }

  private static boolean isAdopted(RunHandle<Won> run, String step) {
    return run.inspect().executions().stream()
        .anyMatch(e -> e.step().equals(step) && e.worker().isPresent());
  }

  @Test
  void R3_the_first_stop_event_ends_the_run_and_interrupts_the_other_steps() throws Exception {
    Hare hare = new Hare();
    Tortoise tortoise = new Tortoise();
    workshop.worker("race", new Gun(), hare, tortoise);
    RunHandle<Won> run = client.start(workflow("race"), new Begin(), "race-1");
    Workshop.await(tortoise.hold.reached);
    Awaitility.await().atMost(PATIENCE).until(() -> isAdopted(run, "tortoise"));

    hare.go.countDown();

    assertThat(run.result(PATIENCE)).isEqualTo(new Won("hare"));
    boolean sawCancel = tortoise.hold.interrupted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(sawCancel).isTrue();
    assertThat(workshop.outcomes("race-1")).hasSize(1);
    assertThat(run.inspect().executions()).isEmpty();
  }

  @Test
  void R3_nothing_of_the_other_steps_reaches_the_stream_after_the_terminal_event()
      throws Exception {
    Hare hare = new Hare();
    Tortoise tortoise = new Tortoise();
    workshop.worker("silence", new Gun(), hare, tortoise);
    RunHandle<Won> run = client.start(workflow("silence"), new Begin(), "silence-1");
    Workshop.await(tortoise.hold.reached);
    Awaitility.await().atMost(PATIENCE).until(() -> isAdopted(run, "tortoise"));

    hare.go.countDown();
    run.result(PATIENCE);
    tortoise.hold.interrupted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    List<StreamedEvent> seen = new ArrayList<>();
    run.streamEvents().forEach(seen::add);
    assertThat(seen).hasSize(2);
    assertThat(seen.get(0).as(Lap.class)).isEqualTo(new Lap("tortoise"));
    assertThat(seen.get(1).isTerminal()).isTrue();
    assertThat(seen.get(1).as(Won.class)).isEqualTo(new Won("hare"));
    String topic = workshop.namespace().stream("silence", "silence-1");
    assertThat(workshop.read(topic)).hasSize(2);
  }

  @Test
  void R3_a_stop_event_that_comes_after_the_end_changes_nothing() throws Exception {
    Hare hare = new Hare();
    Mule mule = new Mule();
    workshop.worker("deaf", new Gun(), hare);
    // Never adopted, so nobody tells it that the run has ended: it completes, with a stop event.
    workshop.worker(Map.of("millrace.adoption.grace.ms", "120000"), "deaf", mule);
    RunHandle<Won> run = client.start(workflow("deaf"), new Begin(), "deaf-1");
    Workshop.await(mule.hold.reached);
    hare.go.countDown();
    assertThat(run.result(PATIENCE)).isEqualTo(new Won("hare"));

    mule.hold.letGo.countDown();

    ProtocolCodec<RunInput> codec = ProtocolCodec.of(RunInput.class);
    Awaitility.await("the completions of gun, hare and mule")
        .atMost(PATIENCE)
        .until(
            () ->
                workshop.ofRun(workshop.namespace().runs(), "deaf-1").stream()
                        .map(record -> codec.decode(record.value()).getBody())
                        .filter(StepCompleted.class::isInstance)
                        .count()
                    == 3);
    // The answer comes after what was on the log before the question.
    assertThat(run.inspect().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(workshop.outcomes("deaf-1")).hasSize(1);
    RunHandle<Won> fresh = workshop.client().attach(workflow("deaf"), "deaf-1");
    assertThat(fresh.result(PATIENCE)).isEqualTo(new Won("hare"));
  }

  static final class Referee {
    @Step(emits = Won.class)
    public void whistle(Begin begin, RunContext context) {
      context.sendEvent(new Won("whoever was sent"));
    }
  }

  @Test
  void R3_a_stop_event_that_is_sent_ends_the_run_too() {
    workshop.worker("sent", new Referee());

    RunHandle<Won> run = client.start(workflow("sent"), new Begin());

    assertThat(run.result(PATIENCE)).isEqualTo(new Won("whoever was sent"));
  }

  static final class TwoStops {
    @Step
    public Won both(Begin begin, RunContext context) {
      context.sendEvent(new Won("sent first"));
      return new Won("returned second");
    }
  }

  @Test
  void R3_of_two_stop_events_in_one_completion_the_first_in_program_order_wins() {
    workshop.worker("two-stops", new TwoStops());

    RunHandle<Won> run = client.start(workflow("two-stops"), new Begin(), "two-stops-1");

    assertThat(run.result(PATIENCE)).isEqualTo(new Won("sent first"));
    assertThat(workshop.outcomes("two-stops-1")).hasSize(1);
  }

  @Test
  void R7_a_cancel_from_another_client_interrupts_the_running_step() throws Exception {
    Tortoise tortoise = new Tortoise();
    workshop.worker("cancelled", new Gun(), tortoise);
    RunHandle<Won> run = client.start(workflow("cancelled"), new Begin(), "cancelled-1");
    Workshop.await(tortoise.hold.reached);
    Awaitility.await().atMost(PATIENCE).until(() -> isAdopted(run, "tortoise"));
    RunHandle<Won> elsewhere = workshop.client().attach(workflow("cancelled"), "cancelled-1");

    assertThat(elsewhere.cancel("it rains")).isTrue();
    assertThat(elsewhere.cancel("it rains again")).isFalse();
    assertThat(run.cancel()).isFalse();

    boolean sawCancel = tortoise.hold.interrupted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(sawCancel).isTrue();
    assertThatThrownBy(() -> run.result(PATIENCE))
        .isInstanceOf(RunCancelledException.class)
        .hasMessageContaining("cancelled-1")
        .hasMessageContaining("it rains")
        .hasMessageNotContaining("again");
    List<RunOutcome> outcomes = workshop.outcomes("cancelled-1");
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).getStatus()).isEqualTo(OutcomeStatus.CANCELLED);
    assertThat(outcomes.get(0).getActiveSteps()).containsExactly("tortoise");
  }

  @Test
  void R7_a_cancelled_run_never_completes() throws Exception {
    Mule mule = new Mule();
    workshop.worker("never", new Gun());
    workshop.worker(Map.of("millrace.adoption.grace.ms", "120000"), "never", mule);
    RunHandle<Won> run = client.start(workflow("never"), new Begin(), "never-1");
    Workshop.await(mule.hold.reached);
    assertThat(run.cancel()).isTrue();

    mule.hold.letGo.countDown();

    ProtocolCodec<RunInput> codec = ProtocolCodec.of(RunInput.class);
    Awaitility.await("the completions of gun and mule")
        .atMost(PATIENCE)
        .until(
            () ->
                workshop.ofRun(workshop.namespace().runs(), "never-1").stream()
                        .map(record -> codec.decode(record.value()).getBody())
                        .filter(StepCompleted.class::isInstance)
                        .count()
                    == 2);
    assertThat(run.inspect().status()).isEqualTo(RunStatus.CANCELLED);
    assertThatThrownBy(() -> run.result(PATIENCE)).isInstanceOf(RunCancelledException.class);
    assertThat(workshop.outcomes("never-1")).hasSize(1);
  }

  @Test
  void R7_cancelling_an_unknown_run_says_so(LocalMillrace millrace) throws Exception {
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));

    Reply reply = hand.ask("ghost-1", request -> new CancelRun(request, "boo"));

    assertThat(((Refused) reply.getAnswer()).getCode()).isEqualTo(RefusalCode.UNKNOWN_RUN);
    assertThat(((Refused) reply.getAnswer()).getMessage()).contains("ghost-1");
    assertThat(workshop.outcomes("ghost-1")).isEmpty();
  }
}
