package io.millrace.examples.rag;

/** A passage and how well it fits the question; higher is better. */
public record RankedPassage(Passage passage, double score) {}
