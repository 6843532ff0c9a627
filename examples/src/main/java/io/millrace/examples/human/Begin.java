package io.millrace.examples.human;

import io.millrace.StartEvent;

/** Asks a human something. */
public record Begin(String question) implements StartEvent {}
