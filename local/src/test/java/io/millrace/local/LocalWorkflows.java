package io.millrace.local;

import io.millrace.Workflow;
import io.millrace.local.inline.InlineCoordinator;
import io.millrace.local.inline.InlineEngine;
import io.millrace.local.inline.Schedule;
import io.millrace.protocol.Namespace;
import java.time.Instant;
import java.util.List;

/** Local workflows on other coordinators than the usual one, and a look inside. */
public final class LocalWorkflows {
  public static final Namespace NAMESPACE = LocalWorkflow.NAMESPACE;

  /** When their time begins. */
  public static final Instant BEGIN = LocalWorkflow.BEGIN;

  private LocalWorkflows() {}

  /** Any start event, any stop event, no steps yet. */
  public static LocalWorkflow<Object, Object> on(
      String name, InlineCoordinator coordinator, Schedule schedule) {
    return new LocalWorkflow<>(
        Workflow.of(name, Object.class, Object.class), List.of(), coordinator, schedule);
  }

  public static InlineEngine engine(LocalWorkflow<?, ?> workflow) {
    return workflow.engine();
  }
}
