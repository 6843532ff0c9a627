package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.InvalidStartException;
import io.millrace.InvalidWorkflowException;
import io.millrace.NotAResultException;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.RunStalledException;
import io.millrace.RunTimedOutException;
import io.millrace.StartEvent;
import io.millrace.StartOptions;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalWorkflowTest {
  record Bake(int loaves) implements StartEvent {}

  record Loaf(int number) implements Event {}

  record Working(int loaf) implements Event {}

  record Taste(String question) implements InputRequiredEvent {}

  record Verdict(boolean good) implements HumanResponseEvent {}

  record Bread(int loaves) implements StopEvent {}

  static final class Bakery {
    @Step
    public List<Loaf> shape(Bake order, RunContext context) {
      List<Loaf> loaves = new ArrayList<>();
      for (int i = 1; i <= order.loaves(); i++) {
        context.writeEventToStream(new Working(i));
        loaves.add(new Loaf(i));
      }
      return loaves;
    }

    @Step
    public @Nullable Bread oven(Loaf loaf, RunContext context) {
      return context
          .collectEvents(loaf, Loaf.class, Loaf.class)
          .map(batch -> new Bread(batch.all().size()))
          .orElse(null);
    }
  }

  static final class Tasting {
    @Step
    public Taste ask(Bake order) {
      return new Taste("how is it?");
    }

    @Step
    public Bread taken(Verdict verdict) {
      return new Bread(verdict.good() ? 1 : 0);
    }
  }

  private static final Workflow<Bake, Bread> BAKERY =
      Workflow.of("bakery", Bake.class, Bread.class);

  private static StepDefinition bake(RetryPolicy retry, StepDefinitionCode code) {
    return StepDefinition.named("bake")
        .emits(Bread.class)
        .retry(retry)
        .handler(Bake.class, code::bake);
  }

  @FunctionalInterface
  interface StepDefinitionCode {
    Bread bake(Bake order, RunContext context) throws Exception;
  }

  @Test
  void R1_all_steps_run_in_this_thread_and_the_result_is_typed() {
    LocalRun<Bread> run = LocalWorkflow.of(BAKERY, new Bakery()).start(new Bake(2));

    assertThat(run.result()).isEqualTo(new Bread(2));
    assertThat(run.outcome().orElseThrow().status()).isEqualTo(OutcomeStatus.COMPLETED);
  }

  @Test
  void O1_the_stream_is_there_with_its_terminal_event_last() {
    LocalRun<Bread> run = LocalWorkflow.of(BAKERY, new Bakery()).start(new Bake(2));
    run.result();

    assertThat(run.streamEvents())
        .extracting(StreamedEvent::type)
        .containsExactly("Working", "Working", "Bread");
    assertThat(
            run.streamEvents(StreamOptions.fromStart().withDecodeAs(Working.class)).get(1).event())
        .hasValue(new Working(2));
    assertThat(run.streamEvents().get(1).json()).isEqualTo("{\"loaf\":2}");
  }

  @Test
  void E1_a_retry_in_a_day_takes_no_time_and_happens_at_its_time() {
    List<Instant> tries = new ArrayList<>();
    LocalWorkflow<Bake, Bread> bakery = LocalWorkflow.of(BAKERY);
    RetryPolicy daily =
        RetryPolicy.ofDefaults().withMaxAttempts(3).withDelay(Duration.ofDays(1), 1);
    bakery.deploy(
        bake(
            daily,
            (order, context) -> {
              tries.add(bakery.now());
              if (context.attempt() < 3) {
                throw new IllegalStateException("cold oven");
              }
              assertThat(context.retryInfo().elapsed()).isEqualTo(Duration.ofDays(2));
              return new Bread(order.loaves());
            }));

    assertThat(bakery.start(new Bake(7)).result()).isEqualTo(new Bread(7));
    Instant first = tries.get(0);
    assertThat(tries)
        .containsExactly(first, first.plus(Duration.ofDays(1)), first.plus(Duration.ofDays(2)));
  }

  @Test
  void R4_a_failure_has_its_exception() {
    LocalWorkflow<Bake, Bread> bakery =
        LocalWorkflow.of(
            BAKERY,
            bake(
                RetryPolicy.ofDefaults(),
                (order, context) -> {
                  throw new IllegalStateException("cold oven");
                }));

    assertThatThrownBy(() -> bakery.start(new Bake(1)).result())
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("cold oven");
  }

  @Test
  void R5_a_timeout_passes_when_time_does() {
    LocalRun<Bread> run =
        LocalWorkflow.of(BAKERY, new Tasting())
            .start(new Bake(1), StartOptions.ofDefaults().withTimeout(Duration.ofDays(7)));

    run.advance(Duration.ofDays(6));
    assertThat(run.inspect().status()).isEqualTo(RunStatus.WAITING);
    run.advance(Duration.ofDays(1));

    assertThatThrownBy(run::result).isInstanceOf(RunTimedOutException.class);
  }

  @Test
  void W1_a_run_that_waits_for_the_outside_says_for_what_and_goes_on_with_the_answer() {
    LocalRun<Bread> run = LocalWorkflow.of(BAKERY, new Tasting()).start(new Bake(1));

    assertThatThrownBy(run::result)
        .isInstanceOf(RunWaitsForOutsideException.class)
        .hasMessageContaining("Taste")
        .hasMessageContaining("sendEvent");
    assertThat(run.outcome()).isEmpty();
    run.sendEvent(new Verdict(true));

    assertThat(run.result()).isEqualTo(new Bread(1));
  }

  @Test
  void S8_the_timeout_of_a_step_interrupts_it() {
    StepDefinition endless =
        StepDefinition.named("endless")
            .emits(Bread.class)
            .timeout(Duration.ofMillis(50))
            .handler(
                Bake.class,
                (order, context) -> {
                  new CountDownLatch(1).await();
                  return null;
                });

    assertThatThrownBy(() -> LocalWorkflow.of(BAKERY, endless).start(new Bake(1)).result())
        .isInstanceOfSatisfying(
            RunFailedException.class,
            failed -> assertThat(failed.errorType()).isEqualTo("StepTimeout"));
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void R2_what_cannot_begin_a_run_is_refused() {
    LocalWorkflow<Object, Object> bakery = LocalWorkflow.of("bakery", new Bakery());

    assertThatThrownBy(() -> bakery.start(new Loaf(1))).isInstanceOf(InvalidStartException.class);
  }

  @Test
  void S9_a_workflow_that_is_not_sound_is_refused_and_the_message_names_its_problems() {
    StepDefinition shape =
        StepDefinition.named("shape")
            .emits(Loaf.class)
            .handler(Bake.class, (order, context) -> new Loaf(1));

    assertThatThrownBy(() -> LocalWorkflow.of(BAKERY, shape).start(new Bake(1)))
        .isInstanceOf(InvalidWorkflowException.class)
        .hasMessageContaining("Loaf");
  }

  @Test
  void S9_some_steps_of_a_workflow_can_be_tried_without_the_others() {
    List<Loaf> shaped = new ArrayList<>();
    StepDefinition shape =
        StepDefinition.named("shape")
            .emits(Loaf.class)
            .handler(
                Bake.class,
                (order, context) -> {
                  shaped.add(new Loaf(order.loaves()));
                  return shaped.get(0);
                });

    LocalRun<Bread> run = LocalWorkflow.ofPart(BAKERY, shape).start(new Bake(4));

    assertThatThrownBy(run::result).isInstanceOf(RunStalledException.class);
    assertThat(shaped).containsExactly(new Loaf(4));
  }

  @Test
  void R2_a_result_of_another_type_is_named() {
    Workflow<Bake, Working> wrong = Workflow.of("bakery", Bake.class, Working.class);
    LocalRun<Working> run = LocalWorkflow.of(wrong, new Bakery()).start(new Bake(2));

    assertThatThrownBy(run::result)
        .isInstanceOf(NotAResultException.class)
        .hasMessageContaining("Bread");
  }

  @Test
  void by_its_name_alone_a_workflow_takes_the_events_that_its_steps_name() {
    assertThat(LocalWorkflow.of("bakery", new Bakery()).start(new Bake(2)).result())
        .isEqualTo(new Bread(2));
  }
}
