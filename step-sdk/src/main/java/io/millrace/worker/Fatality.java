package io.millrace.worker;

/** How a life ends before its time: a completion, or a claim to work, cannot be made durable. */
@FunctionalInterface
interface Fatality {
  /** May be called by any thread, more than once; returns at once. */
  void end(String why, Throwable cause);
}
