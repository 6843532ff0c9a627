package io.millrace;

import io.millrace.protocol.Namespace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to start a run.
 *
 * @param runId default: a time-ordered UUID
 * @param timeout of the whole run, wall clock; empty: what the workflow says, else none
 * @param pauseTimeoutWhileWaiting stop the clock while the run only waits for a human
 * @param internalEvents put internal events (retries, unhandled events) on the run's stream
 * @param state what the run's state begins with: numbers, text, booleans, records, lists or maps
 * @param outcomeKeys state keys that the outcome carries
 */
public record StartOptions(
    Optional<String> runId,
    Optional<Duration> timeout,
    boolean pauseTimeoutWhileWaiting,
    boolean internalEvents,
    Map<String, Object> state,
    List<String> outcomeKeys) {
  /** More milliseconds than a record can tell of. */
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  public StartOptions {
    runId.ifPresent(Namespace::checkRunId);
    timeout.ifPresent(StartOptions::checkTimeout);
    state = Map.copyOf(state);
    outcomeKeys = List.copyOf(outcomeKeys);
  }

  public static StartOptions ofDefaults() {
    return new StartOptions(Optional.empty(), Optional.empty(), false, false, Map.of(), List.of());
  }

  /**
   * @throws io.millrace.protocol.IllegalNameException if it cannot be a run id
   */
  public StartOptions withRunId(String id) {
    return new StartOptions(
        Optional.of(id), timeout, pauseTimeoutWhileWaiting, internalEvents, state, outcomeKeys);
  }

  public StartOptions withTimeout(Duration duration) {
    return new StartOptions(
        runId, Optional.of(duration), pauseTimeoutWhileWaiting, internalEvents, state, outcomeKeys);
  }

  public StartOptions withPauseTimeoutWhileWaiting() {
    return new StartOptions(runId, timeout, true, internalEvents, state, outcomeKeys);
  }

  public StartOptions withInternalEvents() {
    return new StartOptions(runId, timeout, pauseTimeoutWhileWaiting, true, state, outcomeKeys);
  }

  /** Adds one key to the state that the run begins with. */
  public StartOptions withState(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(state);
    more.put(key, value);
    return new StartOptions(
        runId, timeout, pauseTimeoutWhileWaiting, internalEvents, more, outcomeKeys);
  }

  /**
   * Adds one key to the state that the run begins with, its value given as JSON. Whole numbers and
   * others stay apart, because steps add to them.
   *
   * @throws IllegalArgumentException if the text is not JSON, or null
   */
  public StartOptions withStateJson(String key, String json) {
    return withState(key, StateJson.value(key, json));
  }

  /**
   * Adds the state that a finished run's outcome carries, the keys named in its {@link
   * #withOutcomeKeys}, to the state that the run begins with (T5).
   */
  public StartOptions withStateOf(OutcomeSummary finished) {
    Map<String, Object> more = new LinkedHashMap<>(state);
    more.putAll(finished.state().values());
    return new StartOptions(
        runId, timeout, pauseTimeoutWhileWaiting, internalEvents, more, outcomeKeys);
  }

  /**
   * As {@link #withStateOf(OutcomeSummary)}; asks the coordinator for the outcome.
   *
   * @throws IllegalArgumentException if the run has not ended
   * @throws UnknownRunException if there is no such run
   */
  public StartOptions withStateOf(RunHandle<?> finished) {
    return withStateOf(
        finished
            .inspect()
            .outcome()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "run %s has not ended, so there is no state of its outcome; wait for its result first"
                            .formatted(finished.runId()))));
  }

  public StartOptions withOutcomeKeys(String... keys) {
    return new StartOptions(
        runId, timeout, pauseTimeoutWhileWaiting, internalEvents, state, List.of(keys));
  }

  static void checkTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the timeout of a run must be positive, not " + timeout);
    }
    if (timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the timeout of a run must be at most "
              + LONGEST
              + ", not "
              + timeout
              + "; leave it out");
    }
  }
}
