package io.millrace;

/**
 * What a redrive has begun.
 *
 * @param epoch the run's new one; its outcome and terminal event carry it
 * @param executions how many were dispatched again
 */
public record Redriven(int epoch, int executions) {}
