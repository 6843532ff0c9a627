package io.millrace.worker;

import io.millrace.protocol.TaskSourceKind;
import java.util.Locale;

/** The workers of one step do not agree on where its tasks come from. */
public final class TaskSourceConflictException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TaskSourceConflictException(String step, String group, TaskSourceKind wanted) {
    super(
        ("step %s is to take its tasks from a %s, but %s is a %s. All workers of a step use the same"
                + " source: set millrace.step.%s.task.source=%s here, or stop the step's other"
                + " workers and delete the group with %s --delete --group %s")
            .formatted(
                step,
                name(wanted),
                group,
                name(other(wanted)),
                step,
                other(wanted).name().toLowerCase(Locale.ROOT),
                other(wanted) == TaskSourceKind.SHARE
                    ? "kafka-share-groups.sh"
                    : "kafka-consumer-groups.sh",
                group));
  }

  TaskSourceConflictException(String group, Throwable refusal) {
    super(
        ("%s was made as a group of the other kind by another worker: %s. All workers of a step use"
                + " the same millrace.task.source")
            .formatted(group, refusal.getMessage()),
        refusal);
  }

  private static TaskSourceKind other(TaskSourceKind kind) {
    return kind == TaskSourceKind.SHARE ? TaskSourceKind.GROUP : TaskSourceKind.SHARE;
  }

  private static String name(TaskSourceKind kind) {
    return kind == TaskSourceKind.SHARE ? "share group" : "consumer group";
  }
}
