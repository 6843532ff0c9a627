package io.millrace.cli;

import io.millrace.cli.process.ProcessStack;
import io.millrace.examples.ExampleCatalog;
import io.millrace.examples.ExampleCatalog.Example;
import java.util.Map;

/** The examples that demo and dev can run. */
final class Examples {
  private Examples() {}

  /**
   * @throws UsageException if there is no such example; lists those there are
   */
  static Example named(String name) {
    return ExampleCatalog.find(name)
        .orElseThrow(
            () -> new UsageException("there is no example '" + name + "'; there are " + names()));
  }

  private static String names() {
    return String.join(
        ", ", ExampleCatalog.all().stream().map(example -> example.workflow().name()).toList());
  }

  /**
   * Each step in a process of its own. Steps of two examples may have one name: the process is
   * named after both.
   */
  static void startSteps(ProcessStack stack, Example example, Map<String, String> settings) {
    example
        .steps()
        .forEach(
            step ->
                stack.startStep(process(example, step.name()), step.main().getName(), settings));
  }

  static String process(Example example, String step) {
    return example.workflow().name() + "/" + step;
  }
}
