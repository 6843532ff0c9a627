package io.millrace.coordinator.index;

import java.util.Optional;

/**
 * An event type's way through a workflow.
 *
 * @param from step that emits it; empty: it comes from outside
 * @param to step that accepts it; empty: it ends the run, or goes outside
 * @param fanOut returned in a list
 */
public record WorkflowEdge(
    Optional<String> from, String event, Optional<String> to, boolean fanOut) {}
