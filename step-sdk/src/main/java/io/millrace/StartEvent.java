package io.millrace;

/** Begins a run. A workflow has one start type. */
public interface StartEvent extends Event {}
