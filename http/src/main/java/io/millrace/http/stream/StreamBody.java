package io.millrace.http.stream;

import io.millrace.EventStream;
import io.millrace.StreamedEvent;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Problem;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Problems;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Writes a stream until it ends, the reader is gone, its token has expired, the server closes, or
 * an event cannot be read. But for the first it breaks off where it is: the reader knows the id of
 * what it saw last. In the last case its reader is told why, as the answer's status is gone.
 *
 * @param events what is read, opened already, so that what cannot begin is a problem still
 * @param after what the reader has seen
 * @param until when the reader's token expires
 * @param leave called at the end
 */
record StreamBody(
    String runId,
    EventStream.EventIterator events,
    Framing framing,
    Optional<StreamId> after,
    Optional<Instant> until,
    Heartbeats heartbeats,
    Runnable leave)
    implements Answer.Body {
  private static final Logger LOG = LoggerFactory.getLogger(StreamBody.class);

  @Override
  public void write(Answer.Sink sink) throws IOException {
    try (events) {
      sink.onClose(events::close);
      Future<?> beat = heartbeats.start(sink, framing.heartbeat(), events::close);
      Optional<Future<?>> expiry =
          until.map(at -> heartbeats.in(Duration.between(Instant.now(), at), events::close));
      try {
        sink.send(framing.heartbeat()); // so that the reader has its headers
        copy(sink);
      } finally {
        beat.cancel(false);
        expiry.ifPresent(timer -> timer.cancel(false));
      }
    } finally {
      leave.run();
    }
  }

  private void copy(Answer.Sink sink) throws IOException {
    Optional<StreamId> last = after;
    try {
      boolean first = true;
      while (events.hasNext()) {
        StreamedEvent event = events.next();
        boolean seen = first && after.map(id -> id.hasSeen(event)).orElse(false);
        first = false;
        if (!seen) {
          sink.send(framing.frame(StreamRecord.of(event)));
        }
        last = Optional.of(StreamId.of(event));
      }
    } catch (RuntimeException e) {
      sink.send(framing.frame(StreamRecord.of(told(e), runId, last, Instant.now())));
    }
  }

  private Problem told(RuntimeException error) {
    Optional<Problem> known = Problems.of(error);
    try (MDC.MDCCloseable key = MDC.putCloseable("runId", runId)) {
      if (known.isPresent()) {
        LOG.warn("a stream breaks off, its reader is told and may go on: {}", error.toString());
      } else {
        LOG.error("a stream breaks off, its reader is told and may go on", error);
      }
    }
    return known.orElseGet(() -> ProblemKind.INTERNAL.of("the coordinator's log says more"));
  }
}
