package io.millrace.system.poison;

import io.millrace.StartEvent;

/** What is drunk; nobody knows what is in it. */
public record Cup(boolean poisoned) implements StartEvent {}
