package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunContext;
import io.millrace.RunFinishedException;
import io.millrace.RunHandle;
import io.millrace.RunIdTakenException;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.UnknownRunException;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.WrongWorkflowException;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.CancelAccepted;
import io.millrace.protocol.CancelRun;
import io.millrace.protocol.ExternalEvent;
import io.millrace.protocol.InspectRun;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunSnapshot;
import io.millrace.protocol.StartAccepted;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ids of runs, and answers about runs that have ended. */
@MillraceTest(settings = "millrace.grace.ms=1500")
class RunsBehaviourTest {
  record Ask(String question) implements StartEvent {}

  record Answer(String text) implements StopEvent {}

  static final class Echo {
    final HeldStep hold = new HeldStep();

    Echo() {
      hold.letGo.countDown();
    }

    @Step
    public Answer echo(Ask ask, RunContext context) throws InterruptedException {
      hold.stay(context);
      return new Answer(ask.question());
    }
  }

  static final class Held {
    final HeldStep hold = new HeldStep();

    @Step
    public Answer think(Ask ask, RunContext context) throws InterruptedException {
      hold.stay(context);
      return new Answer(ask.question());
    }
  }

  private final Workshop workshop;
  private final WorkflowClient client;

  RunsBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
  }

  private static Workflow<Ask, Answer> workflow(String name) {
    return Workflow.of(name, Ask.class, Answer.class);
  }

  @Test
  void R1_a_run_has_the_id_that_its_caller_chose() {
    workshop.worker("chosen", new Echo());

    RunHandle<Answer> run = client.start(workflow("chosen"), new Ask("why"), "my-run-1");

    assertThat(run.runId()).isEqualTo("my-run-1");
    assertThat(run.result(PATIENCE)).isEqualTo(new Answer("why"));
    assertThat(workshop.outcomes("my-run-1")).hasSize(1);
  }

  @Test
  void R1_a_run_without_a_chosen_id_gets_a_time_ordered_one() {
    workshop.worker("generated", new Echo());

    List<String> ids =
        IntStream.range(0, 4)
            .mapToObj(i -> client.start(workflow("generated"), new Ask("same")).runId())
            .toList();

    assertThat(ids).doesNotHaveDuplicates().isSorted();
    assertThat(ids).allSatisfy(id -> assertThat(UUID.fromString(id).version()).isEqualTo(7));
  }

  @Test
  void R1_starting_an_id_that_exists_is_the_same_run() throws Exception {
    Held step = new Held();
    workshop.worker("again", step);
    RunHandle<Answer> first = client.start(workflow("again"), new Ask("why"), "again-1");
    Workshop.await(step.hold.reached);

    RunHandle<Answer> second =
        workshop.client().start(workflow("again"), new Ask("why"), "again-1");
    step.hold.letGo.countDown();

    assertThat(second.runId()).isEqualTo(first.runId());
    assertThat(first.result(PATIENCE)).isEqualTo(new Answer("why"));
    assertThat(second.result(PATIENCE)).isEqualTo(new Answer("why"));
    assertThat(step.hold.calls).hasValue(1);
    assertThat(workshop.outcomes("again-1")).hasSize(1);
  }

  @Test
  void R1_starting_an_id_that_has_finished_is_the_same_run() {
    Echo step = new Echo();
    workshop.worker("finished", step);
    client.start(workflow("finished"), new Ask("why"), "finished-1").result(PATIENCE);

    RunHandle<Answer> second =
        workshop.client().start(workflow("finished"), new Ask("why"), "finished-1");

    assertThat(second.result(PATIENCE)).isEqualTo(new Answer("why"));
    // A second run of the same workflow ends after anything that a second start could have begun.
    client.start(workflow("finished"), new Ask("after"), "finished-2").result(PATIENCE);
    assertThat(step.hold.calls).hasValue(2);
    assertThat(workshop.outcomes("finished-1")).hasSize(1);
  }

  @Test
  void R1_clients_that_start_one_id_at_once_start_one_run() {
    Echo step = new Echo();
    workshop.worker("at-once", step);

    List<CompletableFuture<Answer>> results =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            client
                                .start(workflow("at-once"), new Ask("why"), "at-once-1")
                                .result(PATIENCE)))
            .toList();

    assertThat(results).allSatisfy(r -> assertThat(r.join()).isEqualTo(new Answer("why")));
    assertThat(step.hold.calls).hasValue(1);
    assertThat(workshop.outcomes("at-once-1")).hasSize(1);
  }

  @Test
  void R1_another_event_under_the_id_of_a_running_or_finished_run_is_refused() throws Exception {
    Held step = new Held();
    workshop.worker("taken", step);
    RunHandle<Answer> run = client.start(workflow("taken"), new Ask("why"), "taken-1");
    Workshop.await(step.hold.reached);

    assertThatThrownBy(() -> client.start(workflow("taken"), new Ask("how"), "taken-1"))
        .isInstanceOf(RunIdTakenException.class)
        .hasMessageContaining("taken-1");
    step.hold.letGo.countDown();
    assertThat(run.result(PATIENCE)).isEqualTo(new Answer("why"));
    assertThatThrownBy(() -> client.start(workflow("taken"), new Ask("how"), "taken-1"))
        .isInstanceOf(RunIdTakenException.class)
        .hasMessageContaining("taken-1");
    assertThat(step.hold.calls).hasValue(1);
  }

  @Test
  void R1_another_workflow_under_the_same_id_is_refused() throws Exception {
    Held step = new Held();
    Echo other = new Echo();
    workshop.worker("this-one", step);
    workshop.worker("that-one", other);
    RunHandle<Answer> run = client.start(workflow("this-one"), new Ask("why"), "one-1");
    Workshop.await(step.hold.reached);

    assertThatThrownBy(() -> client.start(workflow("that-one"), new Ask("why"), "one-1"))
        .isInstanceOf(RunIdTakenException.class)
        .hasMessageContaining("this-one")
        .hasMessageContaining("that-one");
    assertThatThrownBy(() -> client.attach(workflow("that-one"), "one-1"))
        .isInstanceOf(WrongWorkflowException.class);
    step.hold.letGo.countDown();
    assertThat(run.result(PATIENCE)).isEqualTo(new Answer("why"));
    assertThat(other.hold.calls).hasValue(0);
  }

  @Test
  void R1_an_id_that_cannot_be_part_of_a_topic_is_refused() {
    workshop.worker("named", new Echo());

    assertThatThrownBy(() -> client.start(workflow("named"), new Ask("why"), "my.run"))
        .hasMessageContaining("run id")
        .hasMessageContaining("my.run");
  }

  @Test
  void law_9_a_request_about_a_finished_run_is_answered_with_its_outcome(LocalMillrace millrace)
      throws Exception {
    workshop.worker("late", new Echo());
    RunHandle<Answer> run = client.start(workflow("late"), new Ask("why"), "late-1");
    run.result(PATIENCE);
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));

    Reply start =
        hand.ask(
            "late-1",
            request -> HandWritten.start(request, "late", hand.event("late", new Ask("why"))));
    Reply event =
        hand.ask(
            "late-1",
            request -> new ExternalEvent(request, hand.event("late", new Ask("more")), null));
    Reply cancel = hand.ask("late-1", request -> new CancelRun(request, "too late"));
    Reply inspect = hand.ask("late-1", InspectRun::new);

    assertThat(start.getAnswer()).isEqualTo(new StartAccepted(true));
    assertThat(((Refused) event.getAnswer()).getCode()).isEqualTo(RefusalCode.RUN_FINISHED);
    assertThat(cancel.getAnswer()).isEqualTo(new CancelAccepted(true));
    assertThat(inspect.getAnswer()).isInstanceOf(RunSnapshot.class);
    assertThat(List.of(start, event, cancel, inspect))
        .allSatisfy(
            reply -> {
              assertThat(reply.getOutcome()).isNotNull();
              assertThat(reply.getOutcome().getStatus()).isEqualTo(OutcomeStatus.COMPLETED);
            });
  }

  @Test
  void law_9_a_client_that_comes_after_the_end_gets_the_result_from_the_reply() {
    workshop.worker("after", new Echo());
    client.start(workflow("after"), new Ask("why"), "after-1").result(PATIENCE);

    RunHandle<Answer> late = workshop.client().attach(workflow("after"), "after-1");

    assertThat(late.result(PATIENCE)).isEqualTo(new Answer("why"));
    assertThat(late.cancel()).isFalse();
    assertThatThrownBy(() -> late.sendEvent(new Ask("more")))
        .isInstanceOf(RunFinishedException.class)
        .hasMessageContaining("after-1");
    assertThat(late.result(PATIENCE)).isEqualTo(new Answer("why"));
  }

  @Test
  void law_9_a_run_that_nobody_started_is_unknown_to_every_request(LocalMillrace millrace)
      throws Exception {
    workshop.worker("unknown", new Echo());
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));

    Reply event =
        hand.ask(
            "nobody",
            request -> new ExternalEvent(request, hand.event("unknown", new Ask("more")), null));

    assertThat(((Refused) event.getAnswer()).getCode()).isEqualTo(RefusalCode.UNKNOWN_RUN);
    assertThatThrownBy(() -> client.attach(workflow("unknown"), "nobody"))
        .isInstanceOf(UnknownRunException.class)
        .hasMessageContaining("nobody");
    assertThatThrownBy(() -> client.attachUntyped("nobody"))
        .isInstanceOf(UnknownRunException.class);
  }
}
