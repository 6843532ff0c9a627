package io.millrace.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.EventStream;
import io.millrace.OutcomeSummary;
import io.millrace.StreamCursor;
import io.millrace.StreamedEvent;
import io.millrace.event.UnreadableEventException;
import io.millrace.http.route.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamBodyTest {
  private final Heartbeats heartbeats = new Heartbeats(Duration.ofMinutes(1));
  private final List<String> sent = new ArrayList<>();
  private final AtomicBoolean left = new AtomicBoolean();

  @AfterEach
  void stop() {
    heartbeats.close();
  }

  @Test
  void a_restart_that_was_seen_is_not_told_again_but_the_event_that_it_announces_is()
      throws IOException {
    List<StreamedEvent> events = List.of(restart(4), event(5), restart(7), event(8));

    body(events, Optional.of("4r"), Optional.empty()).write(new Sink());

    assertThat(ids()).containsExactly("5", "7r", "8");
    assertThat(left).isTrue();
  }

  @Test
  void a_restart_that_was_not_seen_is_told() throws IOException {
    body(List.of(restart(4), event(5)), Optional.of("4"), Optional.empty()).write(new Sink());

    assertThat(ids()).containsExactly("4r", "5");
  }

  @Test
  void an_expired_token_ends_the_stream() throws IOException {
    CountDownLatch closed = new CountDownLatch(1);
    new StreamBody(
            "r",
            new Silence(closed),
            Framing.SSE,
            Optional.empty(),
            Optional.of(Instant.now()),
            heartbeats,
            () -> left.set(true))
        .write(new Sink());

    assertThat(closed.getCount()).isZero();
    assertThat(left).isTrue();
  }

  @Test
  void a_reader_that_is_gone_gives_its_place_back() {
    StreamBody body = body(List.of(event(1)), Optional.empty(), Optional.empty());

    assertThatThrownBy(
            () ->
                body.write(
                    new Sink() {
                      @Override
                      public void send(byte[] bytes) throws IOException {
                        throw new IOException("gone");
                      }
                    }))
        .isInstanceOf(IOException.class);
    assertThat(left).isTrue();
  }

  @Test
  void an_event_that_cannot_be_read_ends_the_stream_and_its_reader_is_told_why_and_keeps_its_id()
      throws IOException {
    body(List.of(event(4), unreadable(5), event(6)), Optional.empty(), Optional.empty())
        .write(new Sink());

    assertThat(ids()).containsExactly("4");
    assertThat(sent.get(sent.size() - 1))
        .startsWith("retry: 30000\nevent: problem\ndata: {\"id\":\"4\",\"kind\":\"PROBLEM\"")
        .contains("urn:millrace:problem:unavailable", "no schema");
    assertThat(left).isTrue();
  }

  @Test
  void a_fault_of_ours_is_told_without_its_words() throws IOException {
    body(
            List.of(new Told(StreamedEvent.Kind.EVENT, 4, "Broken")),
            Optional.empty(),
            Optional.empty())
        .write(new Sink());

    assertThat(sent.get(sent.size() - 1))
        .contains("\"id\":\"0\"", "urn:millrace:problem:internal")
        .doesNotContain("secret");
  }

  private StreamBody body(
      List<StreamedEvent> events, Optional<String> after, Optional<Instant> until) {
    Iterator<StreamedEvent> all = events.iterator();
    return new StreamBody(
        "r",
        new EventStream.EventIterator() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public StreamedEvent next() {
            StreamedEvent next = all.next();
            if (next.type().equals("Unreadable")) {
              throw new UnreadableEventException("no schema", true, null);
            }
            if (next.type().equals("Broken")) {
              throw new IllegalStateException("secret");
            }
            return next;
          }

          @Override
          public void close() {}
        },
        Framing.SSE,
        after.flatMap(StreamId::parse),
        until,
        heartbeats,
        () -> left.set(true));
  }

  private List<String> ids() {
    return sent.stream()
        .filter(text -> text.startsWith("id: "))
        .map(text -> text.substring(4, text.indexOf('\n')))
        .toList();
  }

  private static StreamedEvent event(long cursor) {
    return new Told(StreamedEvent.Kind.EVENT, cursor, "Room");
  }

  private static StreamedEvent unreadable(long cursor) {
    return new Told(StreamedEvent.Kind.EVENT, cursor, "Unreadable");
  }

  private static StreamedEvent restart(long cursor) {
    return new Told(StreamedEvent.Kind.ATTEMPT_RESTARTED, cursor, "Room");
  }

  private class Sink implements Answer.Sink {
    @Override
    public void send(byte[] bytes) throws IOException {
      sent.add(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void trySend(byte[] bytes) throws IOException {
      send(bytes);
    }

    @Override
    public void onClose(Runnable action) {}
  }

  private record Silence(CountDownLatch closed) implements EventStream.EventIterator {
    @Override
    public boolean hasNext() {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }

    @Override
    public StreamedEvent next() {
      throw new java.util.NoSuchElementException();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private record Told(StreamedEvent.Kind kind, long offset, String type) implements StreamedEvent {
    @Override
    public String runId() {
      return "r";
    }

    @Override
    public StreamCursor cursor() {
      return new StreamCursor(offset);
    }

    @Override
    public Optional<String> eventId() {
      return Optional.empty();
    }

    @Override
    public String executionId() {
      return "x";
    }

    @Override
    public String step() {
      return "s";
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public Instant timestamp() {
      return Instant.EPOCH;
    }

    @Override
    public boolean is(Class<?> eventClass) {
      return false;
    }

    @Override
    public <E> E as(Class<E> eventClass) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Object> event() {
      return Optional.empty();
    }

    @Override
    public String json() {
      return "{}";
    }

    @Override
    public Optional<OutcomeSummary> outcome() {
      return Optional.empty();
    }
  }
}
