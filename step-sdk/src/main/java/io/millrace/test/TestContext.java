package io.millrace.test;

import io.millrace.protocol.ErrorInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a tested step is given besides its event. */
record TestContext(
    String runId,
    String workflow,
    int attempt,
    Duration elapsed,
    Optional<ErrorInfo> lastError,
    boolean cancelled,
    Map<String, Object> state,
    Map<String, List<Object>> sets,
    Map<String, Optional<Object>> answers,
    Map<String, List<Class<?>>> otherSteps) {
  static TestContext first() {
    return new TestContext(
        "test-run",
        "test",
        1,
        Duration.ZERO,
        Optional.empty(),
        false,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  TestContext withRunId(String id) {
    return new TestContext(
        id, workflow, attempt, elapsed, lastError, cancelled, state, sets, answers, otherSteps);
  }

  TestContext withWorkflow(String name) {
    return new TestContext(
        runId, name, attempt, elapsed, lastError, cancelled, state, sets, answers, otherSteps);
  }

  TestContext withAttempt(int number) {
    return new TestContext(
        runId, workflow, number, elapsed, lastError, cancelled, state, sets, answers, otherSteps);
  }

  TestContext withElapsed(Duration time) {
    return new TestContext(
        runId, workflow, attempt, time, lastError, cancelled, state, sets, answers, otherSteps);
  }

  TestContext withLastError(Optional<ErrorInfo> error) {
    return new TestContext(
        runId, workflow, attempt, elapsed, error, cancelled, state, sets, answers, otherSteps);
  }

  TestContext withCancelled(boolean ended) {
    return new TestContext(
        runId, workflow, attempt, elapsed, lastError, ended, state, sets, answers, otherSteps);
  }

  TestContext withState(Map<String, Object> values) {
    return new TestContext(
        runId, workflow, attempt, elapsed, lastError, cancelled, values, sets, answers, otherSteps);
  }

  TestContext withSets(Map<String, List<Object>> complete) {
    return new TestContext(
        runId,
        workflow,
        attempt,
        elapsed,
        lastError,
        cancelled,
        state,
        complete,
        answers,
        otherSteps);
  }

  TestContext withOtherSteps(Map<String, List<Class<?>>> steps) {
    return new TestContext(
        runId, workflow, attempt, elapsed, lastError, cancelled, state, sets, answers, steps);
  }

  /** Waiter id to event; empty: the wait has timed out. */
  TestContext withAnswers(Map<String, Optional<Object>> given) {
    return new TestContext(
        runId, workflow, attempt, elapsed, lastError, cancelled, state, sets, given, otherSteps);
  }
}
