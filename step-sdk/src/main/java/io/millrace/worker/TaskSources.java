package io.millrace.worker;

import io.millrace.protocol.TaskSourceKind;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Opens the kind of source that a step's registration names. */
final class TaskSources {
  private TaskSources() {}

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
