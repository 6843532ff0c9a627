package io.millrace.system.tally;

import io.millrace.HumanResponseEvent;

/** The miller's seal, from outside. */
public record Sealed(String by) implements HumanResponseEvent {}
