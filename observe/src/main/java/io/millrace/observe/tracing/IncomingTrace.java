package io.millrace.observe.tracing;

import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A caller's trace, current on the thread that serves the call, so that requests made there go on
 * with it.
 */
public final class IncomingTrace implements AutoCloseable {
  private final @Nullable Scope scope;

  private IncomingTrace(@Nullable Scope scope) {
    this.scope = scope;
  }

  /**
   * Begins on the calling thread.
   *
   * @param traceparent the W3C header that came with the call; null: none did
   */
  @SuppressWarnings("MustBeClosedChecker") // by close
  public static IncomingTrace enter(@Nullable String traceparent) {
    return new IncomingTrace(
        traceparent == null ? null : Traceparent.read(traceparent).makeCurrent());
  }

  @Override
  public void close() {
    if (scope != null) {
      scope.close();
    }
  }
}
