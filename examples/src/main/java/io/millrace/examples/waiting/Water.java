package io.millrace.examples.waiting;

/** Drawn water. */
public record Water(int millilitres) implements Ingredient {}
