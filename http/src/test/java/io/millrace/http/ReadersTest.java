package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers of streams on which nothing happens. */
class ReadersTest {
  private final SilentRuns runs = new SilentRuns();
  private final HttpApi api =
      TestServer.start(
          TestServer.with("millrace.http.max.readers", "2", "millrace.http.heartbeat.ms", "20"),
          runs.client());
  private final Web web = Web.of(api.url(), TestServer.VIEWER);

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void one_reader_too_many_is_refused_until_another_has_gone() {
    try (Tail first = Tail.sse(web, "r", "");
        Tail second = Tail.sse(web, "r", "")) {
      assertThat(first.status()).isEqualTo(200);
      assertThat(second.status()).isEqualTo(200);
      Web.Reply third = web.get("/api/runs/r/stream");
      assertThat(third.status()).isEqualTo(503);
      assertThat(third.header("Retry-After")).isEqualTo("5");
      assertThat(third.json().get("type").asText())
          .isEqualTo("urn:millrace:problem:too-many-readers");
      first.close();
      await()
          .untilAsserted(
              () -> {
                try (Tail again = Tail.sse(web, "r", "")) {
                  assertThat(again.status()).isEqualTo(200);
                }
              });
    }
  }

  @Test
  void a_silent_stream_shows_that_it_lives_and_a_reader_that_is_gone_is_noticed() {
    try (Tail sse = Tail.sse(web, "r", "");
        Tail lines = Tail.of(web, "/api/runs/r/stream", "", "application/x-ndjson")) {
      assertThat(sse.header("content-type")).isEqualTo("text/event-stream");
      assertThat(lines.header("content-type")).isEqualTo("application/x-ndjson");
      for (int i = 0; i < 3; i++) {
        assertThat(sse.line()).contains(":");
        assertThat(sse.line()).contains("");
        assertThat(lines.line()).contains("");
      }
      assertThat(runs.open()).isEqualTo(2);
    }
    await().until(() -> runs.open() == 0);
  }

  @Test
  void streams_end_when_the_server_closes() {
    try (Tail tail = Tail.sse(web, "r", "")) {
      assertThat(tail.line()).contains(":");
      api.close();
      Optional<String> line = tail.line();
      while (line.isPresent()) {
        line = tail.line();
      }
      assertThat(runs.open()).isZero();
    }
  }

  @Test
  void what_no_stream_can_be_told_as_or_begin_with_is_refused() {
    assertThat(refusal(web.request("/api/runs/r/stream").header("Accept", "image/png")))
        .isEqualTo("urn:millrace:problem:not-acceptable");
    assertThat(refusal(web.request("/api/runs/r/stream").header("Last-Event-ID", "-1")))
        .isEqualTo("urn:millrace:problem:bad-request");
    assertThat(refusal(web.request("/api/runs/r/stream?from=middle")))
        .isEqualTo("urn:millrace:problem:bad-request");
    assertThat(refusal(web.request("/api/runs/r/stream?internal=perhaps")))
        .isEqualTo("urn:millrace:problem:bad-request");
  }

  private String refusal(java.net.http.HttpRequest.Builder request) {
    return web.call("/api/runs/r/stream", request.GET().build()).json().get("type").asText();
  }
}
