package io.millrace;

/** An answer from outside the workflow; no step needs to emit it. */
public interface HumanResponseEvent extends Event {}
