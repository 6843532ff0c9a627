package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.BufferState;
import io.millrace.Event;
import io.millrace.InputRequiredEvent;
import io.millrace.OutcomeSummary;
import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.RunHandle;
import io.millrace.RunInspection;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What anybody may learn of a run, through Kafka alone. */
@MillraceTest(settings = "millrace.workflows.check=false")
class InspectionBehaviourTest {
  record Begin() implements StartEvent {}

  record Flour(int bags) implements Event {}

  record Water(int litres) implements Event {}

  record Oven() implements Event {}

  record HowHot(String question) implements InputRequiredEvent {}

  record Bread(int loaves) implements StopEvent {}

  static final class Bakery {
    final HeldStep oven = new HeldStep();

    @Step(emits = {Flour.class, HowHot.class, Oven.class})
    public void order(Begin begin, RunContext context) {
      context.state().set("baker", "Ada");
      context.sendEvent(new Flour(1));
      context.sendEvent(new HowHot("how hot?"));
      context.sendEvent(new Oven());
    }

    @Step(accepts = {Flour.class, Water.class})
    public void knead(Event part, RunContext context) {
      context.collectEvents(part, Flour.class, Water.class);
    }

    @Step
    public Bread bake(Oven oven, RunContext context) throws InterruptedException {
      this.oven.stay(context);
      return new Bread(3);
    }
  }

  @Test
  void R8_inspect_tells_what_is_open_held_asked_and_known(LocalMillrace millrace) throws Exception {
    Workshop workshop = new Workshop(millrace);
    Bakery bakery = new Bakery();
    workshop.worker("bakery", bakery);
    Workflow<Begin, Bread> workflow = Workflow.of("bakery", Begin.class, Bread.class);
    Instant before = Instant.now();
    RunHandle<Bread> run = workshop.client().start(workflow, new Begin(), "bakery-1");
    Workshop.await(bakery.oven.reached);
    RunHandle<Bread> elsewhere = workshop.client().attach(workflow, "bakery-1");

    RunInspection seen =
        Awaitility.await("the oven is adopted and the flour kneaded")
            .atMost(PATIENCE)
            .until(
                elsewhere::inspect,
                i ->
                    i.executions().size() == 1
                        && i.executions().get(0).worker().isPresent()
                        && !i.buffers().isEmpty());

    assertThat(seen.runId()).isEqualTo("bakery-1");
    assertThat(seen.workflow()).isEqualTo("bakery");
    assertThat(seen.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(seen.startedAt()).isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    RunInspection.Execution open = seen.executions().get(0);
    assertThat(open.step()).isEqualTo("bake");
    assertThat(open.eventType()).isEqualTo("Oven");
    assertThat(open.attempt()).isEqualTo(1);
    assertThat(open.phase()).isEqualTo("RUNNING");
    assertThat(open.since()).isBetween(seen.startedAt(), Instant.now().plusSeconds(1));
    assertThat(seen.buffers()).hasSize(1);
    BufferState buffer = seen.buffers().get(0);
    assertThat(buffer.step()).isEqualTo("knead");
    assertThat(buffer.holds()).isEqualTo(Map.of("Flour", 1));
    assertThat(buffer.lacks()).isEqualTo(Map.of("Water", 1));
    assertThat(seen.prompts())
        .extracting(RunInspection.Prompt::eventType)
        .containsExactly("HowHot");
    assertThat(seen.stateKeys()).containsExactly("baker");
    assertThat(seen.outcome()).isEmpty();

    bakery.oven.letGo.countDown();
    run.result(PATIENCE);
    RunInspection after = elsewhere.inspect();
    assertThat(after.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(after.executions()).isEmpty();
    OutcomeSummary outcome = after.outcome().orElseThrow();
    assertThat(outcome.status()).isEqualTo(OutcomeStatus.COMPLETED);
    assertThat(outcome.resultType()).contains("Bread");
    assertThat(outcome.endedAt()).isAfterOrEqualTo(outcome.startedAt());
  }

  static final class Clumsy {
    final CountDownLatch failed = new CountDownLatch(1);

    @Step(retry = @Retry(maxAttempts = 2, delay = "1h"))
    public Bread bake(Begin begin) {
      failed.countDown();
      throw new IllegalStateException("burnt");
    }
  }

  @Test
  void R8_inspect_tells_which_attempt_a_step_is_at(LocalMillrace millrace) throws Exception {
    Workshop workshop = new Workshop(millrace);
    Clumsy clumsy = new Clumsy();
    workshop.worker("clumsy", clumsy);
    Workflow<Begin, Bread> workflow = Workflow.of("clumsy", Begin.class, Bread.class);
    RunHandle<Bread> run = workshop.client().start(workflow, new Begin());
    Workshop.await(clumsy.failed);

    RunInspection seen =
        Awaitility.await("the retry is scheduled")
            .atMost(PATIENCE)
            .until(
                run::inspect,
                i -> i.executions().stream().anyMatch(e -> e.phase().equals("RETRYING")));

    assertThat(seen.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(seen.executions()).hasSize(1);
    assertThat(seen.executions().get(0).step()).isEqualTo("bake");
    assertThat(List.of(1, 2)).contains(seen.executions().get(0).attempt());
    run.cancel();
  }
}
