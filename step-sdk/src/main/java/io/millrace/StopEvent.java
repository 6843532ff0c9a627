package io.millrace;

/** Ends a run: the first one that a step returns or sends is the run's result. */
public interface StopEvent extends Event {}
