package io.millrace.local.scenario;

/** Plays scenarios; throws what the script throws. */
@FunctionalInterface
interface Executor {
  void play(Scenario scenario) throws Exception;
}
