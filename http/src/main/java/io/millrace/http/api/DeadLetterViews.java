package io.millrace.http.api;

import io.millrace.coordinator.index.DeadLetterPage;
import io.millrace.http.openapi.Doc;
import io.millrace.http.route.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Dead letters as the API shows them. */
final class DeadLetterViews {
  private DeadLetterViews() {}

  static DeadLetterList list(DeadLetterPage page) {
    return new DeadLetterList(
        page.letters().stream().map(DeadLetterViews::view).toList(), page.next());
  }

  private static DeadLetter view(io.millrace.coordinator.index.DeadLetter letter) {
    return new DeadLetter(
        letter.offset(),
        letter.at(),
        letter.runId(),
        letter.workflow(),
        letter.step(),
        letter.executionId(),
        letter.eventId(),
        letter.eventType(),
        letter.attempts(),
        letter.errorType(),
        letter.errorMessage(),
        letter.origin(),
        letter.event().map(Json::tree));
  }

  @Doc("Some dead letters, newest first.")
  record DeadLetterList(
      List<DeadLetter> deadLetters,
      @Doc("Goes on where this page ends, as parameter 'cursor'; absent: this is the last.")
          Optional<Long> next) {}

  @Doc("An event whose step failed for good, or a record that nobody could read.")
  record DeadLetter(
      @Doc("Its offset in the topic of dead letters.") long offset,
      Instant at,
      @Doc("Absent when the record could not even be read so far.") Optional<String> runId,
      Optional<String> workflow,
      Optional<String> step,
      @Doc("What a redrive of the run may name.") Optional<String> executionId,
      Optional<String> eventId,
      Optional<String> eventType,
      Optional<Integer> attempts,
      Optional<String> errorType,
      Optional<String> errorMessage,
      @Doc("topic-partition@offset of a record that could not be read.") Optional<String> origin,
      @Doc("The event's fields, if it can be read.") Optional<Object> event) {}
}
