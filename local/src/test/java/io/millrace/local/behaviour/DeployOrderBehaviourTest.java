package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.EventData;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartAccepted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** In which order steps, coordinator and callers appear does not matter (law 14). */
@MillraceTest(settings = {"millrace.grace.ms=45000", "millrace.workflows.check=false"})
class DeployOrderBehaviourTest {
  record Order(int sacks) implements StartEvent {}

  record Sifted(int sacks) implements Event {}

  record Flour(int bags) implements StopEvent {}

  static final class Sift {
    @Step
    public Sifted sift(Order order) {
      return new Sifted(order.sacks());
    }
  }

  static final class Grind {
    @Step
    public Flour grind(Sifted sifted) {
      return new Flour(sifted.sacks());
    }
  }

  private final Workshop workshop;

  DeployOrderBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
  }

  private static Workflow<Order, Flour> workflow(String name) {
    return Workflow.of(name, Order.class, Flour.class);
  }

  @Test
  void law_14_a_client_that_starts_before_any_step_is_deployed_is_served() throws Exception {
    WorkflowClient client = workshop.client();
    CompletableFuture<Flour> early =
        CompletableFuture.supplyAsync(
            () -> client.start(workflow("early"), new Order(3)).result(PATIENCE));

    workshop.worker("early", new Sift(), new Grind());

    assertThat(early.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Flour(3));
  }

  @Test
  void law_14_a_start_on_the_log_waits_for_the_steps_of_its_workflow(LocalMillrace millrace)
      throws Exception {
    HandWritten hand = millrace.closeAtEnd(new HandWritten(workshop));
    EventData event = hand.event("later", new Order(4));
    CompletableFuture<Reply> start =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return hand.ask("later-1", request -> HandWritten.start(request, "later", event));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !workshop.ofRun(workshop.namespace().runs(), "later-1").isEmpty());

    workshop.worker("later", new Sift(), new Grind());

    Reply reply = start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(reply.getAnswer()).isEqualTo(new StartAccepted(false));
    RunHandle<Flour> run = workshop.client().attach(workflow("later"), "later-1");
    assertThat(run.result(PATIENCE)).isEqualTo(new Flour(4));
  }

  @Test
  void law_14_an_event_waits_in_the_run_for_a_step_that_is_deployed_later() {
    workshop.worker("second-later", new Sift());
    RunHandle<Flour> run = workshop.client().start(workflow("second-later"), new Order(5));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> run.inspect().parked().equals(List.of("Sifted")));
    assertThat(run.inspect().status()).isEqualTo(RunStatus.RUNNING);

    workshop.worker("second-later", new Grind());

    assertThat(run.result(PATIENCE)).isEqualTo(new Flour(5));
  }

  @Test
  void law_14_steps_may_be_deployed_from_the_last_to_the_first() {
    workshop.worker("backwards", new Grind());
    workshop.worker("backwards", new Sift());

    RunHandle<Flour> run = workshop.client().start(workflow("backwards"), new Order(6));

    assertThat(run.result(PATIENCE)).isEqualTo(new Flour(6));
  }

  @Test
  void law_14_requests_that_were_made_while_no_coordinator_ran_are_answered_by_the_next(
      LocalMillrace millrace) throws Exception {
    workshop.worker("unattended", new Sift(), new Grind());
    WorkflowClient client = workshop.client();
    client.start(workflow("unattended"), new Order(1)).result(PATIENCE);
    millrace.stopCoordinator();
    CompletableFuture<Flour> result =
        CompletableFuture.supplyAsync(
            () -> client.start(workflow("unattended"), new Order(7), "alone-1").result(PATIENCE));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !workshop.ofRun(workshop.namespace().runs(), "alone-1").isEmpty());

    millrace.startCoordinator();

    assertThat(result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Flour(7));
  }
}
