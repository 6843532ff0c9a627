package io.millrace.local.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.local.LocalMillrace;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Copies of a step, whichever kind of group gives them their work. */
abstract class ScalingBehaviour {
  private static final Duration LONG = Duration.ofMinutes(2);

  record Sack(int number) implements StartEvent {}

  record Ground(int number, String copy) implements Event {}

  record Flour(int number, String copy) implements StopEvent {}

  /** {@code group} or {@code share}. */
  abstract String source();

  StepWorker worker(LocalMillrace millrace, String workflow, StepDefinition step) {
    return millrace.worker(Map.of("millrace.task.source", source()), workflow, step);
  }

  static Workflow<Sack, Flour> workflow(String name) {
    return Workflow.of(name, Sack.class, Flour.class);
  }

  /** A copy of the step that says who it is, and counts. */
  private static StepDefinition grind(String copy, AtomicInteger calls) {
    return StepDefinition.named("grind")
        .emits(Ground.class)
        .concurrency(4)
        .handler(
            Sack.class,
            (sack, context) -> {
              calls.incrementAndGet();
              return new Ground(sack.number(), copy);
            });
  }

  static StepDefinition pack(Map<Integer, Set<String>> packed) {
    return StepDefinition.named("pack")
        .emits(Flour.class)
        .handler(
            Ground.class,
            (ground, context) -> {
              packed
                  .computeIfAbsent(ground.number(), number -> ConcurrentHashMap.newKeySet())
                  .add(ground.copy());
              return new Flour(ground.number(), ground.copy());
            });
  }

  @Test
  void F2_two_copies_of_a_step_share_its_work(LocalMillrace millrace) throws Exception {
    // given: the first attempts at each copy wait for one another, so that both must be at work
    CountDownLatch both = new CountDownLatch(2);
    for (String copy : List.of("one", "two")) {
      AtomicInteger calls = new AtomicInteger();
      worker(
          millrace,
          "shared",
          StepDefinition.named("grind")
              .emits(Ground.class)
              .concurrency(4)
              .handler(
                  Sack.class,
                  (sack, context) -> {
                    if (calls.incrementAndGet() == 1) {
                      both.countDown();
                    }
                    Until.open(both);
                    return new Ground(sack.number(), copy);
                  }));
    }
    Map<Integer, Set<String>> packed = new ConcurrentHashMap<>();
    worker(millrace, "shared", pack(packed));

    // when
    List<RunHandle<Flour>> runs = start(millrace.client(), "shared", 0, 60);

    // then
    Map<String, Integer> shares = outcomes(runs);
    assertThat(shares).containsOnlyKeys("one", "two");
    assertThat(packed.values()).allSatisfy(copies -> assertThat(copies).hasSize(1));
  }

  @Test
  void F2_a_third_copy_joins_and_leaves_under_load_with_no_run_lost(LocalMillrace millrace)
      throws Exception {
    // given: two copies at work
    AtomicInteger three = new AtomicInteger();
    Map<Integer, Set<String>> packed = new ConcurrentHashMap<>();
    worker(millrace, "joined", grind("one", new AtomicInteger()));
    worker(millrace, "joined", grind("two", new AtomicInteger()));
    worker(millrace, "joined", pack(packed));
    WorkflowClient client = millrace.client();
    List<RunHandle<Flour>> runs = new ArrayList<>(start(client, "joined", 0, 60));

    // when
    StepWorker third = worker(millrace, "joined", grind("three", three));
    Until.holds(
        "work at the third copy",
        () -> {
          runs.addAll(start(client, "joined", runs.size(), 10));
          return three.get() > 0;
        });
    runs.addAll(start(client, "joined", runs.size(), 30));
    third.close();
    runs.addAll(start(client, "joined", runs.size(), Math.max(30, 300 - runs.size())));

    // then
    Map<String, Integer> shares = outcomes(runs);
    assertThat(shares).containsOnlyKeys("one", "two", "three");
    assertThat(packed).hasSameSizeAs(runs);
    assertThat(packed.values()).allSatisfy(copies -> assertThat(copies).hasSize(1));
  }

  static List<RunHandle<Flour>> start(WorkflowClient client, String workflow, int from, int count) {
    List<RunHandle<Flour>> runs = new ArrayList<>();
    for (int number = from; number < from + count; number++) {
      runs.add(client.start(workflow(workflow), new Sack(number), workflow + "-" + number));
    }
    return runs;
  }

  /** Every run's outcome is its own; which copy made how many. */
  static Map<String, Integer> outcomes(List<RunHandle<Flour>> runs) {
    Map<String, Integer> shares = new TreeMap<>();
    for (RunHandle<Flour> run : runs) {
      Flour flour = run.result(LONG);
      assertThat(run.runId()).endsWith("-" + flour.number());
      shares.merge(flour.copy(), 1, Integer::sum);
    }
    return shares;
  }
}
