package io.millrace.observe;

import org.jspecify.annotations.Nullable;

/** One request of a client, from before it is sent until it is settled. Thread-safe. */
public interface ObservedRequest {
  /** Is not looked at. */
  ObservedRequest NONE = new ObservedRequest() {};

  /** W3C trace context for what the request brings into the run; null: it is not traced. */
  default @Nullable String traceparent() {
    return null;
  }

  /**
   * It was answered, or it failed.
   *
   * @param error null: it was answered, by a refusal perhaps
   */
  default void settled(@Nullable Throwable error) {}
}
