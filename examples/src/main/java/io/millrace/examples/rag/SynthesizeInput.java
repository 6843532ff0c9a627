package io.millrace.examples.rag;

import io.millrace.Event;

/** What an answer is made of: the question, and what was found for it. */
public sealed interface SynthesizeInput extends Event permits QueryEvent, RetrieveEvent {}
