package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunContext;
import io.millrace.RunHandle;
import io.millrace.RunTimedOutException;
import io.millrace.StartEvent;
import io.millrace.StartOptions;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a run's clock does while coordinators come and go. */
@MillraceTest
class RestartsBehaviourTest {
  record Begin() implements StartEvent {}

  record Flour(int bags) implements StopEvent {}

  static final class Held {
    final HeldStep hold = new HeldStep();

    @Step
    public Flour grind(Begin begin, RunContext context) throws InterruptedException {
      hold.stay(context);
      return new Flour(1);
    }
  }

  private static final Workflow<Begin, Flour> MILL = Workflow.of("mill", Begin.class, Flour.class);

  private final Workshop workshop;
  private final WorkflowClient client;
  private final Held held = new Held();

  RestartsBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
    workshop.worker("mill", held);
  }

  private RunHandle<Flour> start(Duration timeout) throws InterruptedException {
    RunHandle<Flour> run =
        client.start(MILL, new Begin(), StartOptions.ofDefaults().withTimeout(timeout));
    Workshop.await(held.hold.reached);
    return run;
  }

  @Test
  void R5_a_timeout_that_is_due_after_a_restart_passes_at_its_time(LocalMillrace millrace)
      throws Exception {
    Duration timeout = Duration.ofSeconds(8);
    RunHandle<Flour> run = start(timeout);

    millrace.stopCoordinator();
    millrace.startCoordinator();

    assertThat(run.inspect().status()).isEqualTo(RunStatus.RUNNING);
    assertThatThrownBy(() -> run.result(PATIENCE)).isInstanceOf(RunTimedOutException.class);
    RunOutcome outcome = workshop.outcomes(run.runId()).get(0);
    assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.TIMED_OUT);
    // Counted from the start, not from the restart.
    assertThat(Duration.between(outcome.getStartedAt(), outcome.getEndedAt()))
        .isBetween(timeout, timeout.plusSeconds(4));
  }

  @Test
  void R5_a_timeout_that_was_due_while_no_coordinator_ran_passes_at_once(LocalMillrace millrace)
      throws Exception {
    Duration timeout = Duration.ofSeconds(1);
    RunHandle<Flour> run = start(timeout);
    millrace.stopCoordinator();
    Instant due = Instant.now().plus(timeout);
    Awaitility.await().atMost(PATIENCE).until(() -> Instant.now().isAfter(due));

    millrace.startCoordinator();

    assertThatThrownBy(() -> run.result(PATIENCE)).isInstanceOf(RunTimedOutException.class);
    assertThat(workshop.outcomes(run.runId())).hasSize(1);
  }
}
