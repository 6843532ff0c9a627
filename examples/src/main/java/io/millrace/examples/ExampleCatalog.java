package io.millrace.examples;

import io.millrace.Workflow;
import java.util.List;
import java.util.Optional;

/** The examples, for programs that start them: each workflow with its steps and its client. */
public final class ExampleCatalog {
  private static final List<Example> ALL =
      List.of(
          new Example(
              io.millrace.examples.rag.Main.WORKFLOW,
              "Answers a question from a folder of text, with citations",
              "{\"question\": \"How long are run streams kept?\"}",
              io.millrace.examples.rag.Main.class,
              List.of(
                  new ExampleStep("plan", io.millrace.examples.rag.Plan.class),
                  new ExampleStep("retrieve", io.millrace.examples.rag.Retrieve.class),
                  new ExampleStep("rank", io.millrace.examples.rag.Rank.class),
                  new ExampleStep("synthesize", io.millrace.examples.rag.Synthesize.class))),
          new Example(
              io.millrace.examples.waiting.Main.WORKFLOW,
              "Waits for two different events",
              "{\"loaves\": 3}",
              io.millrace.examples.waiting.Main.class,
              List.of(
                  new ExampleStep("grind", io.millrace.examples.waiting.Grind.class),
                  new ExampleStep("draw", io.millrace.examples.waiting.Draw.class),
                  new ExampleStep("knead", io.millrace.examples.waiting.Knead.class))),
          new Example(
              io.millrace.examples.gather.Main.WORKFLOW,
              "Dispatches several events and gathers as many",
              "{\"grossKilos\": [51, 49, 26, 76]}",
              io.millrace.examples.gather.Main.class,
              List.of(
                  new ExampleStep("dispatch", io.millrace.examples.gather.Dispatch.class),
                  new ExampleStep("weigh", io.millrace.examples.gather.Weigh.class),
                  new ExampleStep("gather", io.millrace.examples.gather.Gather.class))),
          new Example(
              io.millrace.examples.progress.Main.WORKFLOW,
              "Shows progress on the run's stream",
              "{\"sacks\": 10}",
              io.millrace.examples.progress.Main.class,
              List.of(
                  new ExampleStep("grind", io.millrace.examples.progress.Grind.class),
                  new ExampleStep("pack", io.millrace.examples.progress.Pack.class))),
          new Example(
              io.millrace.examples.human.Main.WORKFLOW,
              "Asks a human, who may answer from another process",
              "{\"question\": \"Enter a number: \"}",
              io.millrace.examples.human.Main.class,
              List.of(
                  new ExampleStep("ask", io.millrace.examples.human.AskNumber.class),
                  new ExampleStep("answered", io.millrace.examples.human.TakeNumber.class))));

  private ExampleCatalog() {}

  /** All of them, the largest first. */
  public static List<Example> all() {
    return ALL;
  }

  /** The example of this workflow. */
  public static Optional<Example> find(String workflow) {
    return ALL.stream().filter(example -> example.workflow().name().equals(workflow)).findFirst();
  }

  /**
   * One example.
   *
   * @param sampleStart a start event as JSON
   * @param client main class of the client side
   * @param steps each for a process of its own
   */
  public record Example(
      Workflow<?, ?> workflow,
      String description,
      String sampleStart,
      Class<?> client,
      List<ExampleStep> steps) {
    public Example {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One step of an example.
   *
   * @param main class with the step's {@code main}, to be started in a process of its own
   */
  public record ExampleStep(String name, Class<?> main) {}
}
