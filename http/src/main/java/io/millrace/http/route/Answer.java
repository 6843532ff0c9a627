package io.millrace.http.route;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a handler answers. */
public sealed interface Answer {
  /** A status and a value that is written as JSON. */
  record Json(int status, Object value, Map<String, String> headers) implements Answer {}

  /**
   * Text as it is.
   *
   * @param contentType of it
   */
  record Text(String contentType, String text) implements Answer {}

  /** A status and nothing else. */
  record Nothing(int status) implements Answer {}

  /** The answer comes later; nobody waits for it on the request's thread. */
  record Later(CompletableFuture<? extends Answer> answer) implements Answer {}

  /**
   * A body that is written while it happens.
   *
   * @param contentType of it
   * @param body returns when all of it is written
   * @param refused called instead of {@code body} if it cannot be begun
   */
  record Flow(String contentType, Body body, Runnable refused) implements Answer {}

  /** Writes a body, on a thread of its own. */
  interface Body {
    /**
     * @throws IOException if the reader is gone
     */
    void write(Sink sink) throws IOException;
  }

  /** The reader of a body. Thread-safe. */
  interface Sink {
    /** Writes and sends at once; waits while the reader is slow. */
    void send(byte[] bytes) throws IOException;

    /** Sends only if nobody else is sending. */
    void trySend(byte[] bytes) throws IOException;

    /** Called, from any thread, when the server closes; at once if it has. */
    void onClose(Runnable action);
  }

  static Answer ok(Object value) {
    return new Json(200, value, Map.of());
  }

  static Answer accepted(Object value) {
    return new Json(202, value, Map.of());
  }

  static Answer later(CompletableFuture<? extends Answer> answer) {
    return new Later(answer);
  }
}
