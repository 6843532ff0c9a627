package io.millrace.http.stream;

import io.millrace.EventStream;
import io.millrace.StreamedEvent;
import io.millrace.http.route.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Writes a stream until it ends, the reader is gone, its token has expired, or the server closes.
 * In the last three cases it breaks off where it is: the reader knows the id of what it saw last.
 *
 * @param after what the reader has seen
 * @param until when the reader's token expires
 */
record StreamBody(
    EventStream events,
    Framing framing,
    Optional<StreamId> after,
    Optional<Instant> until,
    Heartbeats heartbeats,
    Runnable leave)
    implements Answer.Body {
  @Override
  public void write(Answer.Sink sink) throws IOException {
    try (EventStream.EventIterator iterator = events.iterator()) {
      sink.onClose(iterator::close);
      Future<?> beat = heartbeats.start(sink, framing.heartbeat(), iterator::close);
      Optional<Future<?>> expiry =
          until.map(at -> heartbeats.in(Duration.between(Instant.now(), at), iterator::close));
      try {
        sink.send(framing.heartbeat()); // so that the reader has its headers
        copy(iterator, sink);
      } finally {
        beat.cancel(false);
        expiry.ifPresent(timer -> timer.cancel(false));
      }
    } finally {
      leave.run();
    }
  }

  private void copy(EventStream.EventIterator iterator, Answer.Sink sink) throws IOException {
    boolean first = true;
    while (iterator.hasNext()) {
      StreamedEvent event = iterator.next();
      boolean seen = first && after.map(id -> id.hasSeen(event)).orElse(false);
      first = false;
      if (!seen) {
        sink.send(framing.frame(StreamRecord.of(event)));
      }
    }
  }
}
