package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.RunHandle;
import io.millrace.StepWorker;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.examples.gather.Delivery;
import io.millrace.examples.gather.Dispatch;
import io.millrace.examples.gather.Gather;
import io.millrace.examples.gather.Receipt;
import io.millrace.examples.gather.Weigh;
import io.millrace.examples.hello.Hello;
import io.millrace.examples.hello.Hello.Greeting;
import io.millrace.examples.hello.Hello.Visitor;
import io.millrace.examples.human.AskNumber;
import io.millrace.examples.human.Begin;
import io.millrace.examples.human.Entered;
import io.millrace.examples.human.NumberGiven;
import io.millrace.examples.human.NumberNeeded;
import io.millrace.examples.human.TakeNumber;
import io.millrace.examples.progress.Order;
import io.millrace.examples.progress.Packed;
import io.millrace.examples.progress.Working;
import io.millrace.examples.waiting.Bake;
import io.millrace.examples.waiting.Bread;
import io.millrace.examples.waiting.Draw;
import io.millrace.examples.waiting.Grind;
import io.millrace.examples.waiting.Knead;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The small examples on a real broker, each step in a worker of its own. */
@MillraceTest
final class SmallExamplesOnKafkaTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final LocalMillrace millrace;
  private final MillraceConfig config;

  SmallExamplesOnKafkaTest(LocalMillrace millrace) {
    this.millrace = millrace;
    this.config = MillraceConfig.of(millrace.config());
  }

  @Test
  void S1_the_workflow_in_the_readme_greets() {
    start("hello", new Hello());
    try (WorkflowClient client = WorkflowClient.create(config)) {
      var hello = Workflow.of("hello", Visitor.class, Greeting.class);

      assertThat(client.start(hello, new Visitor("Ada")).result(PATIENCE))
          .isEqualTo(new Greeting("Welcome to the mill, Ada!"));
    }
  }

  @Test
  void C1_bread_waits_for_flour_and_water() {
    start("waiting", new Grind(), new Draw(), new Knead());
    try (WorkflowClient client = WorkflowClient.create(config)) {
      var run = client.start(io.millrace.examples.waiting.Main.WORKFLOW, new Bake(3));

      assertThat(run.result(PATIENCE)).isEqualTo(new Bread(1500, 1050));
    }
  }

  @Test
  void C4_a_wide_delivery_is_gathered_by_several_workers() {
    start("gather", new Dispatch(), new Weigh(), new Gather());
    start("gather", new Weigh(), new Gather());
    List<Integer> gross = IntStream.rangeClosed(1, 100).boxed().toList();
    try (WorkflowClient client = WorkflowClient.create(config)) {
      var run = client.start(io.millrace.examples.gather.Main.WORKFLOW, new Delivery(gross));

      List<Integer> net = IntStream.rangeClosed(0, 99).boxed().toList();
      assertThat(run.result(PATIENCE)).isEqualTo(new Receipt(4950, net));
    }
  }

  @Test
  void O1_progress_of_both_steps_is_on_the_stream_in_order() {
    start(
        "progress",
        new io.millrace.examples.progress.Grind(),
        new io.millrace.examples.progress.Pack());
    try (WorkflowClient client = WorkflowClient.create(config)) {
      var run = client.start(io.millrace.examples.progress.Main.WORKFLOW, new Order(3));

      List<Working> seen = new ArrayList<>();
      for (StreamedEvent event : run.streamEvents()) {
        if (event.is(Working.class)) {
          seen.add(event.as(Working.class));
        }
      }

      assertThat(seen)
          .containsExactly(
              new Working("grind", 1, 3),
              new Working("grind", 2, 3),
              new Working("grind", 3, 3),
              new Working("pack", 1, 3),
              new Working("pack", 2, 3),
              new Working("pack", 3, 3));
      assertThat(run.result(PATIENCE)).isEqualTo(new Packed(3));
    }
  }

  @Test
  void W2_a_client_asks_and_leaves_and_another_one_answers() {
    start("human", new AskNumber(), new TakeNumber());
    String runId;
    try (WorkflowClient asking = WorkflowClient.create(config)) {
      RunHandle<Entered> run =
          asking.start(io.millrace.examples.human.Main.WORKFLOW, new Begin("Enter a number: "));
      runId = run.runId();
      assertThat(promptOf(run)).isEqualTo(new NumberNeeded("Enter a number: "));
    }

    try (WorkflowClient answering = WorkflowClient.create(config)) {
      RunHandle<Entered> run = answering.attach(io.millrace.examples.human.Main.WORKFLOW, runId);
      run.sendEvent(new NumberGiven(42));

      assertThat(run.result(PATIENCE)).isEqualTo(new Entered(42));
    }
  }

  private static NumberNeeded promptOf(RunHandle<Entered> run) {
    for (StreamedEvent event : run.streamEvents()) {
      if (event.is(NumberNeeded.class)) {
        return event.as(NumberNeeded.class);
      }
    }
    throw new AssertionError("the stream ended without a prompt");
  }

  private void start(String workflow, Object... steps) {
    for (Object step : steps) {
      millrace.closeAtEnd(StepWorker.of(workflow, step).configuredBy(config).start());
    }
  }
}
