package io.millrace.http.api;

import io.millrace.WorkflowClient;
import io.millrace.coordinator.history.RunHistories;
import io.millrace.coordinator.history.RunHistory;
import io.millrace.coordinator.index.WorkflowActivity;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.topology.StepBook;
import io.millrace.observe.metrics.Metrics;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the API is made of. Runs are asked over Kafka, so any coordinator answers for all.
 *
 * @param steps what is registered
 * @param awaited adds to an outline what the registrations do not tell of it
 * @param activity what goes on now, by workflow
 * @param history what has happened in a run
 * @param deadLetters what could not be handled
 * @param ready whether the coordinator beside takes inputs
 * @param metrics of this process
 */
public record Backend(
    WorkflowClient client,
    StepBook steps,
    UnaryOperator<WorkflowOutline> awaited,
    RunLister runs,
    Supplier<List<WorkflowActivity>> activity,
    Function<RunHistories.Wanted, RunHistory> history,
    DeadLetterLister deadLetters,
    BooleanSupplier ready,
    Metrics metrics) {}
