package io.millrace.worker;

/** A step is to take its tasks from a share group, and the cluster has no such groups. */
public final class UnsupportedTaskSourceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnsupportedTaskSourceException(String step) {
    super(
        ("step %s is to take its tasks from a share group, but this cluster has none. Set"
                + " millrace.step.%s.task.source=group, or upgrade the brokers to Kafka 4.2 or newer"
                + " and run kafka-features.sh upgrade --feature share.version=1")
            .formatted(step, step));
  }
}
