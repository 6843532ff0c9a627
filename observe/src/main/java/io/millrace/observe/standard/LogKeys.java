package io.millrace.observe.standard;

import io.millrace.observe.tracing.TrySpan;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a step's own log lines are about, in the logging library's context, under the keys that
 * Millrace's own lines use. For the thread that runs the code.
 */
final class LogKeys implements AutoCloseable {
  private static final String[] ALL = {"runId", "executionId", "step", "attempt", "traceId"};

  private LogKeys() {}

  static LogKeys put(Dispatch dispatch, DispatchTarget target, @Nullable TrySpan span) {
    MDC.put("runId", dispatch.getRunId());
    MDC.put("executionId", target.getToken().getExecutionId());
    MDC.put("step", target.getStep());
    MDC.put("attempt", Integer.toString(target.getToken().getAttempt()));
    if (span != null) {
      MDC.put("traceId", span.traceId());
    }
    return new LogKeys();
  }

  @Override
  public void close() {
    for (String key : ALL) {
      MDC.remove(key);
    }
  }
}
