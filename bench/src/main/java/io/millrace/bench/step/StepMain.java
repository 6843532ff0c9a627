package io.millrace.bench.step;

import io.millrace.StepWorker;

/** A worker process for one step class. Arguments: the workflow, the class. */
public final class StepMain {
  private StepMain() {}

  public static void main(String[] args) throws ClassNotFoundException {
    StepWorker.of(args[0], create(Class.forName(args[1]))).run();
  }

  /** An object of a step class, by its constructor without parameters. */
  public static Object create(Class<?> step) {
    try {
      return step.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          step.getName() + " needs a public constructor without parameters", e);
    }
  }
}
