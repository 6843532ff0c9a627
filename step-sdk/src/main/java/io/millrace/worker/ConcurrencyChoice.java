package io.millrace.worker;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.step.StepDefinition;

/**
 * How many attempts of a step one process makes at once: {@code millrace.step.<name>.concurrency},
 * else {@code millrace.concurrency}, else what its code says.
 */
public final class ConcurrencyChoice {
  private static final String FOR_ALL = "millrace.concurrency";

  private ConcurrencyChoice() {}

  /**
   * The step with its concurrency settled.
   *
   * @throws InvalidConfigException if it is not a whole number of at least 1
   */
  public static StepDefinition apply(MillraceConfig config, StepDefinition step) {
    int forAll = config.count(FOR_ALL, step.concurrency(), 1);
    int chosen = config.count("millrace.step." + step.name() + ".concurrency", forAll, 1);
    return chosen == step.concurrency() ? step : step.withConcurrency(chosen);
  }
}
