package io.millrace.http.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.StreamedEvent;
import io.millrace.http.openapi.Doc;
import io.millrace.http.route.Json;
import io.millrace.http.route.Problem;
import java.time.Instant;
import java.util.Optional;

/** Something that appeared on a run's stream, as the API shows it. */
@Doc("Something that appeared on a run's stream; or, at its end, why it breaks off.")
record StreamRecord(
    @Doc("Goes on after this, as Last-Event-ID or parameter 'after'. Of a problem: that of before.")
        String id,
    @Doc("PROBLEM: the next event cannot be read just now, so the stream ends here.") Kind kind,
    @Doc("The event's type; of a run that did not complete RunFailed, RunCancelled, ...")
        String type,
    String runId,
    Instant timestamp,
    @Doc("Which step wrote it.") Optional<String> step,
    Optional<String> executionId,
    Optional<Integer> attempt,
    @Doc("Of a prompt: what a response names as inReplyTo.") Optional<String> eventId,
    @Doc("The event's fields; of a terminal event the outcome; of a problem the problem.")
        JsonNode event) {

  /** What a run's stream holds, and what this API adds. */
  enum Kind {
    EVENT,
    PROMPT,
    ATTEMPT_RESTARTED,
    INTERNAL,
    TERMINAL,
    PROBLEM
  }

  static StreamRecord of(StreamedEvent event) {
    boolean written = !event.step().isEmpty();
    return new StreamRecord(
        StreamId.of(event).toString(),
        Kind.valueOf(event.kind().name()),
        event.type(),
        event.runId(),
        event.timestamp(),
        Optional.of(event.step()).filter(step -> written),
        Optional.of(event.executionId()).filter(id -> !id.isEmpty()),
        Optional.of(event.attempt()).filter(attempt -> written),
        event.eventId(),
        Json.tree(event.json()));
  }

  /**
   * @param last what the reader has seen before
   */
  static StreamRecord of(Problem problem, String runId, Optional<StreamId> last, Instant now) {
    return new StreamRecord(
        last.orElse(StreamId.START).toString(),
        Kind.PROBLEM,
        "Problem",
        runId,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Json.tree(problem));
  }
}
