package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Until.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.NonRetryableException;
import io.millrace.Retry;
import io.millrace.RetryInfo;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@MillraceTest
class RetriesBehaviourTest {
  record Job(String name) implements StartEvent {}

  record Done(String how) implements StopEvent {}

  private static final RetryPolicy TWICE =
      RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofMillis(50), 1);

  private static Workflow<Job, Done> workflow(String name) {
    return Workflow.of(name, Job.class, Done.class);
  }

  /** A step that fails in its first attempts. */
  private static StepDefinition failing(RetryPolicy policy, int attempts, Exception how) {
    return StepDefinition.named("work")
        .emits(Done.class)
        .retry(policy)
        .handler(
            Job.class,
            (job, context) -> {
              if (context.attempt() <= attempts) {
                throw how;
              }
              return new Done("attempt " + context.attempt());
            });
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFailed(
      RunHandle<Done> run, Class<?> error, int attempts) {
    return assertThatThrownBy(() -> run.result(PATIENCE))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            failure -> {
              assertThat(failure.step()).isEqualTo("work");
              assertThat(failure.errorType()).isEqualTo(error.getName());
              assertThat(failure.attempts()).isEqualTo(attempts);
            });
  }

  @Test
  void E1_without_a_policy_the_first_failure_fails_the_run(LocalMillrace millrace) {
    millrace.worker(
        "once", failing(RetryPolicy.ofDefaults(), 1, new IllegalStateException("no flour")));

    RunHandle<Done> run = millrace.client().start(workflow("once"), new Job("a"));

    assertFailed(run, IllegalStateException.class, 1).hasMessageContaining("no flour");
  }

  /** The policy as an annotation says it. */
  static final class Stubborn {
    final List<Long> startedAt = new CopyOnWriteArrayList<>();

    @Step(
        retry =
            @Retry(
                maxAttempts = 4,
                delay = "150ms",
                multiplier = 4,
                maxDelay = "400ms",
                jitter = 0))
    public Done work(Job job, RunContext context) throws IOException {
      startedAt.add(System.nanoTime());
      if (context.attempt() < 4) {
        throw new IOException("attempt " + context.attempt());
      }
      return new Done("attempt " + context.attempt());
    }
  }

  @Test
  void E1_delays_grow_by_the_multiplier_up_to_the_longest(LocalMillrace millrace) {
    // given
    Stubborn stubborn = new Stubborn();
    millrace.worker("grows", stubborn);

    // when
    Done done = millrace.client().start(workflow("grows"), new Job("a")).result(PATIENCE);

    // then: 150 ms, then 600 ms cut down to 400 ms, twice
    assertThat(done.how()).isEqualTo("attempt 4");
    List<Long> at = stubborn.startedAt;
    assertThat(millis(at.get(0), at.get(1))).isGreaterThanOrEqualTo(145);
    assertThat(millis(at.get(1), at.get(2))).isGreaterThanOrEqualTo(395);
    assertThat(millis(at.get(2), at.get(3))).isGreaterThanOrEqualTo(395);
    assertThat(at).hasSize(4);
  }

  private static long millis(long fromNanos, long toNanos) {
    return Duration.ofNanos(toNanos - fromNanos).toMillis();
  }

  @Test
  void E1_exhausted_attempts_fail_the_run_with_the_last_error(LocalMillrace millrace) {
    StepDefinition work =
        StepDefinition.named("work")
            .emits(Done.class)
            .retry(TWICE)
            .handler(
                Job.class,
                (job, context) -> {
                  throw new IllegalStateException("failure " + context.attempt());
                });
    millrace.worker("exhausted", work);

    RunHandle<Done> run = millrace.client().start(workflow("exhausted"), new Job("a"));

    assertFailed(run, IllegalStateException.class, 2).hasMessageContaining("failure 2");
  }

  @Test
  void E1_only_errors_named_in_on_are_tried_again(LocalMillrace millrace) {
    RetryPolicy policy = TWICE.retryingOn(List.of(IOException.class));
    millrace.worker("on", failing(policy, 1, new IOException("named")));
    millrace.worker("other", failing(policy, 1, new IllegalStateException("not named")));

    RunHandle<Done> named = millrace.client().start(workflow("on"), new Job("a"));
    RunHandle<Done> other = millrace.client().start(workflow("other"), new Job("a"));

    assertThat(named.result(PATIENCE).how()).isEqualTo("attempt 2");
    assertFailed(other, IllegalStateException.class, 1);
  }

  @Test
  void E1_errors_named_in_notOn_are_not_tried_again(LocalMillrace millrace) {
    RetryPolicy policy = TWICE.notRetryingOn(List.of(IOException.class));
    millrace.worker("notOn", failing(policy, 1, new IOException("named")));

    RunHandle<Done> run = millrace.client().start(workflow("notOn"), new Job("a"));

    assertFailed(run, IOException.class, 1);
  }

  @Test
  void E1_a_NonRetryableException_stops_retrying(LocalMillrace millrace) {
    millrace.worker("final", failing(TWICE, 1, new NonRetryableException("enough")));

    RunHandle<Done> run = millrace.client().start(workflow("final"), new Job("a"));

    assertFailed(run, NonRetryableException.class, 1).hasMessageContaining("enough");
  }

  @Test
  void E1_no_attempt_begins_when_the_time_for_all_of_them_would_be_over(LocalMillrace millrace) {
    RetryPolicy policy =
        RetryPolicy.ofDefaults()
            .withMaxAttempts(10)
            .withDelay(Duration.ofMinutes(1), 1)
            .withMaxElapsed(Duration.ofSeconds(30));
    millrace.worker("elapsed", failing(policy, 9, new IOException("again")));

    RunHandle<Done> run = millrace.client().start(workflow("elapsed"), new Job("a"));

    assertFailed(run, IOException.class, 1);
  }

  @Test
  void E1_a_delay_holds_no_slot_of_a_worker(LocalMillrace millrace) throws Exception {
    // given: one slot
    CountDownLatch failed = new CountDownLatch(1);
    StepDefinition work =
        StepDefinition.named("work")
            .emits(Done.class)
            .concurrency(1)
            .retry(TWICE.withDelay(Duration.ofSeconds(5), 1))
            .handler(
                Job.class,
                (job, context) -> {
                  if (job.name().equals("fails") && context.attempt() == 1) {
                    failed.countDown();
                    throw new IOException("later");
                  }
                  return new Done(job.name());
                });
    millrace.worker("slot", work);

    // when
    RunHandle<Done> delayed = millrace.client().start(workflow("slot"), new Job("fails"));
    Until.open(failed);
    Until.holds(
        "the delay",
        () -> delayed.inspect().executions().stream().allMatch(e -> e.phase().equals("RETRYING")));
    Done other = millrace.client().start(workflow("slot"), new Job("works")).result(PATIENCE);

    // then: the other went through during the delay
    assertThat(other.how()).isEqualTo("works");
    assertThat(delayed.inspect().executions())
        .singleElement()
        .satisfies(execution -> assertThat(execution.phase()).isEqualTo("RETRYING"));
    assertThat(delayed.result(PATIENCE).how()).isEqualTo("fails");
  }

  @Test
  void E1_a_delay_survives_a_restart_of_the_coordinator(LocalMillrace millrace) throws Exception {
    // given
    List<Long> startedAt = new CopyOnWriteArrayList<>();
    StepDefinition work =
        StepDefinition.named("work")
            .emits(Done.class)
            .retry(TWICE.withDelay(Duration.ofSeconds(4), 1))
            .handler(
                Job.class,
                (job, context) -> {
                  startedAt.add(System.nanoTime());
                  if (context.attempt() == 1) {
                    throw new IOException("wait for it");
                  }
                  return new Done("attempt " + context.attempt());
                });
    millrace.worker("survives", work);
    RunHandle<Done> run = millrace.client().start(workflow("survives"), new Job("a"));
    Until.holds(
        "the delay",
        () -> run.inspect().executions().stream().anyMatch(e -> e.phase().equals("RETRYING")));

    // when
    millrace.stopCoordinator();
    int beforeRestart = startedAt.size();
    millrace.startCoordinator();

    // then
    assertThat(run.result(PATIENCE).how()).isEqualTo("attempt 2");
    assertThat(beforeRestart).isEqualTo(1);
    assertThat(startedAt).hasSize(2);
    assertThat(millis(startedAt.get(0), startedAt.get(1))).isGreaterThanOrEqualTo(3_900);
  }

  @Test
  void E2_an_attempt_knows_its_number_the_time_since_the_first_and_the_last_error(
      LocalMillrace millrace) {
    // given
    List<RetryInfo> infos = new CopyOnWriteArrayList<>();
    StepDefinition work =
        StepDefinition.named("work")
            .emits(Done.class)
            .retry(TWICE.withDelay(Duration.ofMillis(300), 1))
            .handler(
                Job.class,
                (job, context) -> {
                  infos.add(context.retryInfo());
                  if (context.attempt() == 1) {
                    throw new IOException("the mill stood still");
                  }
                  return new Done("done");
                });
    millrace.worker("knows", work);

    // when
    millrace.client().start(workflow("knows"), new Job("a")).result(PATIENCE);

    // then
    RetryInfo first = infos.get(0);
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(first.elapsed()).isZero();
    assertThat(first.lastErrorType()).isEmpty();
    RetryInfo second = infos.get(1);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.elapsed()).isBetween(Duration.ofMillis(295), PATIENCE);
    assertThat(second.lastErrorType()).contains(IOException.class.getName());
    assertThat(second.lastErrorMessage()).contains("the mill stood still");
  }

  @Test
  void E3_what_a_killed_worker_had_adopted_runs_elsewhere_and_is_no_failure(LocalMillrace millrace)
      throws Exception {
    // given: a worker in a process of its own holds the only attempt that the step has
    WorkerProcess process =
        millrace.closeAtEnd(WorkerProcess.start(millrace, "killed", "millrace.lease.ms=1000"));
    RunHandle<Done> run = millrace.client().start(workflow("killed"), new Job("a"));
    process.awaitHolding();
    Until.holds(
        "adoption",
        () -> run.inspect().executions().stream().anyMatch(e -> e.phase().equals("RUNNING")));

    // when
    process.killHard();
    millrace.worker(
        "killed",
        StepDefinition.named("work")
            .emits(Done.class)
            .handler(
                Job.class, (job, context) -> new Done("survivor, attempt " + context.attempt())));

    // then
    assertThat(run.result(PATIENCE).how()).isEqualTo("survivor, attempt 1");
  }

  @Test
  void E3_an_attempt_that_outlives_too_many_workers_fails_by_name(LocalMillrace millrace)
      throws Exception {
    // given: workers that leave while the step runs
    CountDownLatch never = new CountDownLatch(1);
    List<Integer> attempts = new CopyOnWriteArrayList<>();
    StepDefinition poison =
        StepDefinition.named("work")
            .emits(Done.class)
            .handler(
                Job.class,
                (job, context) -> {
                  attempts.add(context.attempt());
                  Until.open(never);
                  return new Done("unexpected");
                });
    @Nullable RunHandle<Done> run = null;

    // when
    for (int life = 1; life <= 5; life++) {
      int lives = life;
      StepWorker worker =
          millrace.worker(Map.of("millrace.drain.timeout.ms", "0"), "poison", poison);
      RunHandle<Done> handle =
          run == null ? millrace.client().start(workflow("poison"), new Job("a")) : run;
      run = handle;
      Until.holds("attempt in life " + life, () -> attempts.size() == lives);
      Until.holds(
          "adoption in life " + life,
          () -> handle.inspect().executions().stream().anyMatch(e -> e.phase().equals("RUNNING")));
      worker.close();
    }

    // then
    RunHandle<Done> poisoned = Objects.requireNonNull(run);
    assertThatThrownBy(() -> poisoned.result(PATIENCE))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            failure -> {
              assertThat(failure.errorType()).isEqualTo("WorkerLost");
              assertThat(failure.step()).isEqualTo("work");
            });
    assertThat(attempts).containsExactly(1, 1, 1, 1, 1);
  }
}
