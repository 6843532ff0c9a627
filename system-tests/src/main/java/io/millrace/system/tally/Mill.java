package io.millrace.system.tally;

import io.millrace.StepWorker;

/** All steps in one process. Argument: the workflow's name. */
public final class Mill {
  private static final String SCALE = "of the mill";

  private Mill() {}

  public static void main(String[] args) {
    StepWorker.of(args[0], new Unload(), new Weigh(SCALE), new Gather(), new Seal()).run();
  }
}
