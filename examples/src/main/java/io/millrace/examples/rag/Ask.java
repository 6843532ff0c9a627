package io.millrace.examples.rag;

import io.millrace.StartEvent;

/** A question in plain English about the documents in the folder. */
public record Ask(String question) implements StartEvent {}
