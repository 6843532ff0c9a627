package io.millrace.worker;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.protocol.TaskSourceKind;
import io.millrace.step.StepDefinition;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a step's tasks come from: {@code millrace.step.<name>.task.source}, else {@code
 * millrace.task.source}, else what its code says. {@code group} or {@code share}.
 */
public final class TaskSourceChoice {
  private static final String FOR_ALL = "millrace.task.source";

  private TaskSourceChoice() {}

  /**
   * The step with its source settled.
   *
   * @throws InvalidConfigException if it is neither of the two
   */
  public static StepDefinition apply(MillraceConfig config, StepDefinition step) {
    return read(config, "millrace.step." + step.name() + ".task.source")
        .or(() -> read(config, FOR_ALL))
        .map(step::withTaskSource)
        .orElse(step);
  }

  private static Optional<TaskSourceKind> read(MillraceConfig config, String key) {
    return config
        .text(key)
        .map(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "group" -> TaskSourceKind.GROUP;
                  case "share" -> TaskSourceKind.SHARE;
                  default ->
                      throw new InvalidConfigException(key, "is neither group nor share: " + text);
                });
  }
}
