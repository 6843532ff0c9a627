package io.millrace.examples.waiting;

/** Ground flour. */
public record Flour(int grams) implements Ingredient {}
