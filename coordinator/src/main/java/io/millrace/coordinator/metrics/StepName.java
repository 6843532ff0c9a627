package io.millrace.coordinator.metrics;

/** A step of a workflow. */
public record StepName(String workflow, String step) {}
