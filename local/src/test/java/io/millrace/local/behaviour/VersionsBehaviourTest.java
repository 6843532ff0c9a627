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
import io.millrace.local.MillraceTest;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@MillraceTest(settings = {"millrace.event.partitions=6", "millrace.run.partitions=3"})
class VersionsBehaviourTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  record Order(int number, boolean rush) implements StartEvent {}

  record Grain(int number) implements Event {}

  /** Only the new version of the step knows it. */
  record Rush(int number) implements Event {}

  record Ground(int number, String version) implements Event {}

  record Flour(int number, String version) implements StopEvent {}

  private static final Workflow<Order, Flour> MILL =
      Workflow.of("versions", Order.class, Flour.class);

  private final AtomicInteger old = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, AtomicInteger> packed = new ConcurrentHashMap<>();

  private static final StepDefinition SORT =
      StepDefinition.named("sort")
          .emits(Grain.class, Rush.class)
          .handler(
              Order.class,
              (order, context) ->
                  order.rush() ? new Rush(order.number()) : new Grain(order.number()));

  /** Takes what the old version does not, so that the workflow is sound from its beginning. */
  private static final StepDefinition COUNT =
      StepDefinition.named("count").handler(Rush.class, (rush, context) -> null);

  private StepDefinition grindBefore() {
    return StepDefinition.named("grind")
        .emits(Ground.class)
        .concurrency(4)
        .handler(
            Grain.class,
            (grain, context) -> {
              old.incrementAndGet();
              return new Ground(grain.number(), "old");
            });
  }

  private StepDefinition grindNow() {
    return StepDefinition.named("grind")
        .accepts(Grain.class, Rush.class)
        .emits(Ground.class)
        .concurrency(4)
        .handler(
            (event, context) -> {
              next.incrementAndGet();
              int number = event instanceof Rush rush ? rush.number() : ((Grain) event).number();
              return new Ground(number, "new");
            });
  }

  private StepDefinition pack() {
    return StepDefinition.named("pack")
        .emits(Flour.class)
        .handler(
            Ground.class,
            (ground, context) -> {
              packed.computeIfAbsent(ground.number(), n -> new AtomicInteger()).incrementAndGet();
              return new Flour(ground.number(), ground.version());
            });
  }

  private static void start(
      WorkflowClient client, List<RunHandle<Flour>> runs, int count, boolean rush) {
    for (int i = 0; i < count; i++) {
      Order order = new Order(runs.size(), rush);
      runs.add(client.start(MILL, order, "versions-" + order.number()));
    }
  }

  @Test
  void S10_old_and_new_workers_overlap_and_every_execution_goes_to_one_of_them(
      LocalMillrace millrace) throws Exception {
    // given: the old version at work
    Workshop workshop = new Workshop(millrace);
    WorkflowClient client = workshop.client();
    workshop.worker("versions", SORT, COUNT, pack());
    StepWorker before = workshop.worker(Map.of("millrace.version", 1), "versions", grindBefore());
    List<RunHandle<Flour>> runs = new ArrayList<>();
    start(client, runs, 30, false);
    Until.holds("work at the old version", () -> old.get() > 0);

    // when: the new one joins, takes its share, and the old one leaves under load
    workshop.worker(Map.of("millrace.version", 2), "versions", grindNow());
    int oldAlone = old.get();
    Until.holds(
        "work at both versions",
        () -> {
          // Partitions are shared out evenly over topics, so that of Grain the old one may have
          // all.
          start(client, runs, 4, false);
          start(client, runs, 1, true);
          return next.get() > 0 && old.get() > oldAlone;
        });
    start(client, runs, 10, true);
    start(client, runs, 10, false);
    before.close();
    start(client, runs, 10, false);

    // then: every run has its outcome, made once, and what only the new one knows went there
    for (RunHandle<Flour> run : runs) {
      Flour flour = run.result(LONG);
      assertThat(run.runId()).isEqualTo("versions-" + flour.number());
    }
    assertThat(packed).hasSameSizeAs(runs);
    assertThat(packed.values()).allSatisfy(times -> assertThat(times).hasValue(1));
    assertThat(runs.get(runs.size() - 1).result(LONG).version()).isEqualTo("new");
  }
}
