package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.OutcomeSummary;
import io.millrace.RunHandle;
import io.millrace.RunTimedOutException;
import io.millrace.StartOptions;
import io.millrace.WorkflowClient;
import io.millrace.examples.human.AskNumber;
import io.millrace.examples.human.Begin;
import io.millrace.examples.human.Entered;
import io.millrace.examples.human.Main;
import io.millrace.examples.human.TakeNumber;
import io.millrace.protocol.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time goes on while nobody counts it, and is not counted anew. */
@OnStack
@Tag("full")
class TimerIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** From a client's start to the coordinator's. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Service> HUMAN =
      List.of(Service.of("ask", AskNumber.class), Service.of("take", TakeNumber.class));

  @Test
  void R5_a_run_whose_time_is_over_while_all_coordinators_are_dead_times_out(Stack stack)
      throws Exception {
    Fleet fleet = stack.fleet().scale(HUMAN, 1);
    try (WorkflowClient client = stack.client()) {
      stack.underLoad(
          load -> {
            StartOptions options = StartOptions.ofDefaults().withTimeout(TIMEOUT);
            Instant due = Instant.now().plus(TIMEOUT);
            RunHandle<Entered> run = client.start(Main.WORKFLOW, new Begin("A number: "), options);
            stack.remember(
                new OtherRun(Main.WORKFLOW.name(), run.runId(), OutcomeStatus.TIMED_OUT));
            await("that the run waits for its answer")
                .atMost(PATIENCE)
                .until(() -> !run.inspect().prompts().isEmpty());
            fleet.coordinators().forEach(Docker::kill);
            assertThat(Instant.now()).as("all are dead in time").isBefore(due);
            await("that its time is over")
                .atMost(PATIENCE)
                .until(() -> Instant.now().isAfter(due.plus(MARGIN)));
            Instant back = Instant.now();
            fleet.coordinators().forEach(Docker::start);

            assertThatThrownBy(() -> run.result(PATIENCE)).isInstanceOf(RunTimedOutException.class);
            OutcomeSummary outcome = run.inspect().outcome().orElseThrow();
            assertThat(Duration.between(outcome.startedAt(), outcome.endedAt()))
                .isGreaterThanOrEqualTo(TIMEOUT);
            assertThat(outcome.endedAt()).as("not counted anew").isBefore(back.plus(TIMEOUT));
          });
    } finally {
      fleet.scale(HUMAN, 0);
    }
  }
}
