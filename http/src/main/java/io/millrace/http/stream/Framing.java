package io.millrace.http.stream;

import io.millrace.http.route.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How records are put onto the wire. */
enum Framing {
  /** Server-Sent Events: id, name and data of each, comments as heartbeats. */
  SSE("text/event-stream") {
    @Override
    byte[] frame(StreamRecord event) {
      String json = new String(Json.bytes(event), StandardCharsets.UTF_8);
      String name = event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
      // A browser comes back by itself, and keeps the id that it has: not at once, this time.
      String id =
          event.kind() == StreamRecord.Kind.PROBLEM
              ? "retry: " + RETRY_MILLIS
              : "id: " + event.id();
      return bytes(id + "\nevent: " + name + "\ndata: " + json + "\n\n");
    }

    @Override
    byte[] heartbeat() {
      return bytes(":\n\n");
    }
  },
  /** A record a line, empty lines as heartbeats. */
  NDJSON("application/x-ndjson") {
    @Override
    byte[] frame(StreamRecord event) {
      return bytes(new String(Json.bytes(event), StandardCharsets.UTF_8) + "\n");
    }

    @Override
    byte[] heartbeat() {
      return bytes("\n");
    }
  };

  private static final int RETRY_MILLIS = 30_000;

  private final String contentType;

  Framing(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  abstract byte[] frame(StreamRecord event);

  /** Something that says no more than that the stream lives. */
  abstract byte[] heartbeat();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
