package io.millrace.http.api;

import io.millrace.WorkflowClient;
import io.millrace.coordinator.topology.StepBook;
import io.millrace.observe.metrics.Metrics;
import java.util.function.BooleanSupplier;

/**
 * What the API is made of. Runs are asked over Kafka, so any coordinator answers for all.
 *
 * @param steps what is registered
 * @param deadLetters what could not be handled
 * @param ready whether the coordinator beside takes inputs
 * @param metrics of this process
 */
public record Backend(
    WorkflowClient client,
    StepBook steps,
    RunLister runs,
    DeadLetterLister deadLetters,
    BooleanSupplier ready,
    Metrics metrics) {}
