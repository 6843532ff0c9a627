package io.millrace.coordinator.topology;

import io.millrace.coordinator.core.Token;
import org.jspecify.annotations.Nullable;

/**
 * An open execution that somebody outside is expected to end.
 *
 * @param sequence of its newest dispatch
 * @param worker the incarnation that adopted it; null: nobody did yet
 * @param sinceMillis when it was dispatched or adopted
 */
public record OpenWork(
    String runId,
    String workflow,
    String step,
    String eventType,
    Token token,
    long sequence,
    @Nullable String worker,
    long sinceMillis) {}
