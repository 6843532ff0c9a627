package io.millrace;

/** A question to a human: it appears on the run's stream, and the run waits. */
public interface InputRequiredEvent extends Event {}
