package io.millrace.http.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.StreamedEvent;
import io.millrace.http.openapi.Doc;
import io.millrace.http.route.Json;
import java.time.Instant;
import java.util.Optional;

/** Something that appeared on a run's stream, as the API shows it. */
@Doc("Something that appeared on a run's stream.")
record StreamRecord(
    @Doc("Goes on after this, as Last-Event-ID or parameter 'after'.") String id,
    StreamedEvent.Kind kind,
    @Doc("The event's type; of a run that did not complete RunFailed, RunCancelled, ...")
        String type,
    String runId,
    Instant timestamp,
    @Doc("Which step wrote it.") Optional<String> step,
    Optional<String> executionId,
    Optional<Integer> attempt,
    @Doc("Of a prompt: what a response names as inReplyTo.") Optional<String> eventId,
    @Doc("The event's fields; of a terminal event the outcome.") JsonNode event) {

  static StreamRecord of(StreamedEvent event) {
    boolean written = !event.step().isEmpty();
    return new StreamRecord(
        StreamId.of(event).toString(),
        event.kind(),
        event.type(),
        event.runId(),
        event.timestamp(),
        Optional.of(event.step()).filter(step -> written),
        Optional.of(event.executionId()).filter(id -> !id.isEmpty()),
        Optional.of(event.attempt()).filter(attempt -> written),
        event.eventId(),
        Json.tree(event.json()));
  }
}
