package io.millrace.bench.step;

import io.millrace.StepWorker;

/** A process of workers, one for each pair of arguments: the workflow, the step's class. */
public final class StepMain {
  private StepMain() {}

  public static void main(String[] args) throws ClassNotFoundException {
    for (int i = 0; i < args.length; i += 2) {
      StepWorker worker = StepWorker.of(args[i], create(Class.forName(args[i + 1])));
      new Thread(worker::run, "worker-" + args[i]).start();
    }
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
