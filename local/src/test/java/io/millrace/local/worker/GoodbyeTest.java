package io.millrace.local.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@MillraceTest
class GoodbyeTest {
  record Grain(int sacks) implements StartEvent {}

  record Flour(int bags) implements StopEvent {}

  static final class Stuck {
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Step
    public Flour grind(Grain grain) throws InterruptedException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
      throw new IllegalStateException("nobody opens this latch");
    }
  }

  static final class Grind {
    @Step
    public Flour grind(Grain grain) {
      return new Flour(grain.sacks());
    }
  }

  @Test
  void F2_what_a_worker_had_adopted_when_it_said_goodbye_runs_elsewhere_before_its_lease_is_over(
      LocalMillrace millrace) throws Exception {
    Stuck stuck = new Stuck();
    StepWorker leaving =
        millrace.worker(
            Map.of("millrace.lease.ms", "600000", "millrace.drain.timeout.ms", "50"),
            "mill",
            stuck);
    RunHandle<Flour> run =
        millrace
            .client()
            .start(Workflow.of("mill", Grain.class, Flour.class), new Grain(3), "run-1");
    Awaitility.await("adoption")
        .atMost(Mill.PATIENCE)
        .until(
            () ->
                run.inspect().executions().stream()
                    .anyMatch(execution -> execution.worker().isPresent()));

    leaving.close();
    millrace.worker("mill", new Grind());

    assertThat(stuck.interrupted.getCount()).isZero();
    assertThat(run.result(Duration.ofSeconds(60))).isEqualTo(new Flour(3));
  }

  @Test
  void F2_a_worker_says_goodbye_without_waiting_for_a_fetch_that_the_broker_holds_back(
      LocalMillrace millrace) {
    StepWorker leaving =
        millrace.worker(Map.of("kafka.fetch.max.wait.ms", "9000"), "idle", new Grind());
    millrace
        .client()
        .start(Workflow.of("idle", Grain.class, Flour.class), new Grain(3))
        .result(Mill.PATIENCE);
    long began = System.nanoTime();

    leaving.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }
}
