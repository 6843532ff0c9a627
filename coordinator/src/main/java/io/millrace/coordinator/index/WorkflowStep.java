package io.millrace.coordinator.index;

import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.JoinDeclaration;
import io.millrace.protocol.JoinKind;
import io.millrace.protocol.StepRegistration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step as its highest version has registered it; events by the names of their types.
 *
 * @param waitsFor types that it may wait for in the middle of an attempt
 * @param catches steps whose exhausted failures it handles; * stands for all
 * @param join set if it is invoked with sets of events
 * @param concurrency attempts at once in one worker process
 * @param timeout of one attempt
 * @param maxAttempts 1: no retry
 */
public record WorkflowStep(
    String name,
    int version,
    List<String> accepts,
    List<String> emits,
    List<String> streams,
    List<String> waitsFor,
    List<String> catches,
    Optional<JoinKind> join,
    int concurrency,
    Optional<Duration> timeout,
    int maxAttempts) {
  static WorkflowStep of(StepRegistration step) {
    return new WorkflowStep(
        step.getStep(),
        step.getVersion(),
        types(step.getAccepts()),
        types(step.getEmits()),
        types(step.getStreams()),
        List.copyOf(step.getWaitsFor()),
        List.copyOf(step.getCatches()),
        Optional.ofNullable(step.getJoin()).map(JoinDeclaration::getKind),
        step.getConcurrency(),
        Optional.ofNullable(step.getTimeoutMillis()).map(Duration::ofMillis),
        step.getRetry().getMaxAttempts());
  }

  private static List<String> types(List<EventDeclaration> events) {
    return events.stream().map(EventDeclaration::getType).toList();
  }
}
