package io.millrace.http.api;

import io.millrace.coordinator.index.RunPlace;
import io.millrace.http.route.Queries;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** A place in the list of runs as text that callers hand back. */
final class RunCursor {
  private RunCursor() {}

  static String text(RunPlace place) {
    String plain = place.startedAt() + " " + place.runId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws io.millrace.http.route.ProblemException if it did not come from {@link #text}
   */
  static RunPlace parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int space = plain.indexOf(' ');
      return new RunPlace(
          Instant.parse(plain.substring(0, Math.max(0, space))), plain.substring(space + 1));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Queries.bad("cursor", "did not come from a list of runs");
    }
  }
}
