package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.EffectRecords;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.protocol.Namespace;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What every task's processor works with. All of it is thread-safe.
 *
 * @param runPartitions of the run log
 * @param runLogId of the run log's topic, another one if it is deleted and made anew
 * @param maxRecordBytes that a topic admits
 */
public record ShellParts(
    Namespace namespace,
    RunRules rules,
    Supplier<WorkflowGraph> graph,
    InputSink sink,
    Liveness liveness,
    UnadoptedWatch unadopted,
    IntSupplier runPartitions,
    String runLogId,
    int maxRecordBytes,
    CoordinatorMetrics metrics) {
  EffectRecords records() {
    return new EffectRecords(namespace);
  }
}
