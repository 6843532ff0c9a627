package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.InvalidStartException;
import io.millrace.RunInspection;
import io.millrace.StartEvent;
import io.millrace.StartOptions;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.UnknownWorkflowException;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.event.MalformedEventException;
import io.millrace.json.JsonMismatchException;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.InspectRun;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunSnapshot;
import io.millrace.protocol.RunStatus;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What may begin a run, and who says no to the rest. */
@MillraceTest(settings = "millrace.grace.ms=1500")
class StartsBehaviourTest {
  record Order(String corn, int sacks) implements StartEvent {}

  record Complaint(String text) implements StartEvent {}

  record Grain(int sacks) implements Event {}

  record Flour(int bags) implements StopEvent {}

  static final class Grind {
    final AtomicInteger calls = new AtomicInteger();

    @Step
    public Flour grind(Order order) {
      calls.incrementAndGet();
      return new Flour(order.sacks());
    }
  }

  private final Workshop workshop;
  private final WorkflowClient client;
  private final Grind grind = new Grind();

  StartsBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
  }

  private void refusedBeforeAnythingIsWritten(
      String runId, Class<? extends Exception> error, ThrowingCallable start, String... says) {
    // One run shows that the workflow is there: what is refused is refused for itself.
    workshop.worker("mill", grind);
    client
        .start(Workflow.of("mill", Order.class, Flour.class), new Order("rye", 2), runId + "-good")
        .result(PATIENCE);
    int calls = grind.calls.get();

    assertThatThrownBy(start).isInstanceOf(error).hasMessageContainingAll(says);

    assertThat(workshop.ofRun(workshop.namespace().runs(), runId)).isEmpty();
    assertThat(workshop.ofRun(workshop.namespace().runs(), runId + "-good")).isNotEmpty();
    assertThat(grind.calls).hasValue(calls);
  }

  @Test
  void R2_an_unknown_workflow_is_refused_before_anything_is_written() {
    WorkflowClient hasty = workshop.client(Map.of("millrace.workflow.wait.ms", "500"));
    refusedBeforeAnythingIsWritten(
        "unknown-1",
        UnknownWorkflowException.class,
        () ->
            hasty.start(
                Workflow.of("no-mill", Order.class, Flour.class), new Order("rye", 1), "unknown-1"),
        "no-mill");
  }

  @Test
  void R2_a_start_event_of_another_type_is_refused_before_anything_is_written() {
    refusedBeforeAnythingIsWritten(
        "type-1",
        InvalidStartException.class,
        () ->
            client.start(
                Workflow.of("mill", Complaint.class, Flour.class),
                new Complaint("too dark"),
                "type-1"),
        "Complaint",
        "Order");
  }

  @Test
  void R2_an_event_that_is_no_start_event_is_refused_before_anything_is_written() {
    refusedBeforeAnythingIsWritten(
        "kind-1",
        InvalidStartException.class,
        () -> client.start(Workflow.of("mill", Grain.class, Flour.class), new Grain(3), "kind-1"),
        "Grain");
  }

  @Test
  @SuppressWarnings("NullAway") // that is the mistake
  void R2_a_missing_field_is_refused_before_anything_is_written() {
    refusedBeforeAnythingIsWritten(
        "field-1",
        MalformedEventException.class,
        () ->
            client.start(
                Workflow.of("mill", Order.class, Flour.class), new Order(null, 1), "field-1"),
        "corn");
  }

  @Test
  void R2_a_field_that_is_missing_in_json_is_refused_before_anything_is_written() {
    refusedBeforeAnythingIsWritten(
        "json-1",
        JsonMismatchException.class,
        () ->
            client.startJson(
                "mill", "{\"corn\": \"rye\"}", StartOptions.ofDefaults().withRunId("json-1")),
        "sacks");
  }

  private void refusedByTheCoordinator(Reply reply, RefusalCode code, String says, String runId)
      throws Exception {
    assertThat(reply.getAnswer()).isInstanceOf(Refused.class);
    Refused refused = (Refused) reply.getAnswer();
    assertThat(refused.getCode()).isEqualTo(code);
    assertThat(refused.getMessage()).contains(says);
    assertThat(workshop.outcomes(runId)).isEmpty();
    try (HandWritten hand = new HandWritten(workshop)) {
      RunSnapshot snapshot = (RunSnapshot) hand.ask(runId, InspectRun::new).getAnswer();
      assertThat(snapshot.getStatus()).isEqualTo(RunStatus.UNKNOWN);
    }
  }

  @Test
  void R2_the_coordinator_refuses_an_unknown_workflow(LocalMillrace millrace) throws Exception {
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));
    EventData event = hand.event("nowhere", new Order("rye", 1));

    Reply reply = hand.ask("hand-1", request -> HandWritten.start(request, "nowhere", event));

    refusedByTheCoordinator(reply, RefusalCode.UNKNOWN_WORKFLOW, "nowhere", "hand-1");
  }

  @Test
  void R2_the_coordinator_refuses_a_start_event_of_another_type(LocalMillrace millrace)
      throws Exception {
    workshop.worker("mill", grind);
    client
        .start(Workflow.of("mill", Order.class, Flour.class), new Order("rye", 1))
        .result(PATIENCE);
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));
    EventData event = hand.event("mill", new Complaint("too dark"));

    Reply reply = hand.ask("hand-2", request -> HandWritten.start(request, "mill", event));

    refusedByTheCoordinator(reply, RefusalCode.WRONG_START_TYPE, "Complaint", "hand-2");
  }

  @Test
  void R2_the_coordinator_refuses_an_event_that_is_no_start_event(LocalMillrace millrace)
      throws Exception {
    workshop.worker("mill", grind);
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));
    EventData event = hand.event("mill", new Grain(1));
    assertThat(event.getKind()).isEqualTo(EventKind.EVENT);

    Reply reply = hand.ask("hand-3", request -> HandWritten.start(request, "mill", event));

    refusedByTheCoordinator(reply, RefusalCode.MALFORMED_REQUEST, "Grain", "hand-3");
  }

  @Test
  void R2_a_start_that_the_coordinator_refused_leaves_its_id_free(LocalMillrace millrace)
      throws Exception {
    workshop.worker("mill", grind);
    Workflow<Order, Flour> mill = Workflow.of("mill", Order.class, Flour.class);
    client.start(mill, new Order("rye", 1)).result(PATIENCE);
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));
    EventData event = hand.event("mill", new Complaint("too dark"));
    Reply reply = hand.ask("free-1", request -> HandWritten.start(request, "mill", event));
    assertThat(reply.getAnswer()).isInstanceOf(Refused.class);

    Flour flour = client.start(mill, new Order("rye", 4), "free-1").result(PATIENCE);

    assertThat(flour).isEqualTo(new Flour(4));
    RunInspection run = client.attach(mill, "free-1").inspect();
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
  }
}
