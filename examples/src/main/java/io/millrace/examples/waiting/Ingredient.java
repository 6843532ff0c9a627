package io.millrace.examples.waiting;

import io.millrace.Event;

/** What bread is made of: a step that takes this accepts both. */
public sealed interface Ingredient extends Event permits Flour, Water {}
