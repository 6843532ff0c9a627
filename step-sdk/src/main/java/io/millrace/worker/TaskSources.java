package io.millrace.worker;

import io.millrace.protocol.TaskSourceKind;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Opens the kind of source that a step's registration names. */
final class TaskSources {
  /** A share group's lock lasts 15 s by default; code must not outlive it before it is adopted. */
  private static final Duration LONGEST_GRACE_OF_SHARES = Duration.ofSeconds(5);

  private TaskSources() {}

  /** How long work of this step may run before it is adopted. */
  static Duration adoptionGrace(WorkerConfig config, WorkerStep step) {
    Duration asked = config.adoptionGrace();
    boolean tooLong =
        step.registration().getTaskSource() == TaskSourceKind.SHARE
            && asked.compareTo(LONGEST_GRACE_OF_SHARES) > 0;
    return tooLong ? LONGEST_GRACE_OF_SHARES : asked;
  }

  static TaskSource open(
      WorkerConfig config,
      KafkaClients clients,
      WorkerStep step,
      Incarnation incarnation,
      Collection<String> topics) {
    LongSupplier clock = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    if (step.registration().getTaskSource() == TaskSourceKind.SHARE) {
      int batch = config.shareBatch(step.concurrency());
      return new ShareTaskSource(
          clients.shareConsumer(step, incarnation, batch),
          step.registration().getGroupId(),
          topics,
          batch,
          clock);
    }
    int prefetch = step.concurrency();
    return new GroupTaskSource(
        clients.stepConsumer(step, incarnation, step.concurrency() + prefetch),
        topics,
        prefetch,
        clock);
  }
}
