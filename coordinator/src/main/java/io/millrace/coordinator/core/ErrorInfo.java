package io.millrace.coordinator.core;

/**
 * An error as a worker reported it.
 *
 * @param stack bounded by the worker; may be empty
 */
public record ErrorInfo(String type, String message, String stack) {}
