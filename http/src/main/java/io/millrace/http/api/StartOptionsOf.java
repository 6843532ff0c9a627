package io.millrace.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.StartOptions;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How a request says that a run be started. */
final class StartOptionsOf {
  /** A record tells of milliseconds; and nobody means more. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private StartOptionsOf() {}

  /**
   * @throws ProblemException naming the field that makes no sense
   */
  static StartOptions request(Operations.StartRequest request) {
    StartOptions options = StartOptions.ofDefaults();
    if (request.runId().isPresent()) {
      options = options.withRunId(request.runId().get());
    }
    if (request.timeout().isPresent()) {
      options = options.withTimeout(positive(request.timeout().get()));
    }
    if (request.pauseTimeoutWhileWaiting().orElse(false)) {
      options = options.withPauseTimeoutWhileWaiting();
    }
    if (request.internalEvents().orElse(false)) {
      options = options.withInternalEvents();
    }
    for (Map.Entry<String, JsonNode> entry : request.state().orElse(Map.of()).entrySet()) {
      options = options.withStateJson(entry.getKey(), checked(entry.getKey(), entry.getValue()));
    }
    List<String> keys = request.outcomeKeys().orElse(List.of());
    if (keys.stream().anyMatch(Objects::isNull)) { // JSON can hold what the type does not tell of
      throw new ProblemException(
          ProblemKind.BAD_REQUEST, "field 'outcomeKeys' must not hold null; leave it out");
    }
    return options.withOutcomeKeys(keys.toArray(String[]::new));
  }

  private static Duration positive(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new ProblemException(
          ProblemKind.BAD_REQUEST, "field 'timeout' must be positive, not " + timeout);
    }
    if (timeout.compareTo(LONGEST) > 0) {
      throw new ProblemException(
          ProblemKind.BAD_REQUEST,
          "field 'timeout' must be at most " + LONGEST + ", not " + timeout + "; leave it out");
    }
    return timeout;
  }

  private static String checked(String key, JsonNode value) {
    if (value.isNull()) {
      throw new ProblemException(
          ProblemKind.BAD_REQUEST, "field 'state." + key + "' must not be null; leave it out");
    }
    return value.toString();
  }
}
