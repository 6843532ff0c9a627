package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.BrokerUnavailableException;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
  void one_caller_cannot_take_the_places_of_all() {
    try (HttpApi shared =
        TestServer.start(
            TestServer.with(
                "millrace.http.max.readers", "3", "millrace.http.max.readers.per.caller", "1"),
            runs.client())) {
      Web viewer = Web.of(shared.url(), TestServer.VIEWER);
      try (Tail first = Tail.sse(viewer, "r", "");
          Tail other = Tail.sse(viewer.as(TestServer.OPERATOR), "r", "")) {
        assertThat(List.of(first.status(), other.status())).containsExactly(200, 200);
        Web.Reply second = viewer.get("/api/runs/r/stream");
        assertThat(second.status()).isEqualTo(503);
        assertThat(second.json().get("detail").asText())
            .startsWith("viewer has 1 readers at streams of this coordinator already");
      }
    }
  }

  @Test
  void a_stream_that_cannot_begin_is_a_problem_and_takes_no_place() {
    AtomicBoolean broken = new AtomicBoolean(true);
    UntypedRunHandle handle =
        Fakes.of(
            UntypedRunHandle.class,
            Map.of(
                "inspectionAtAttach",
                none -> Optional.of(Fakes.running("r")),
                "streamEvents",
                options -> {
                  if (broken.get()) {
                    throw new BrokerUnavailableException("the broker does not answer", null);
                  }
                  return runs.stream();
                }));
    try (HttpApi one =
        TestServer.start(
            TestServer.with("millrace.http.max.readers", "1"),
            Fakes.of(WorkflowClient.class, Map.of("attachUntyped", runId -> handle)))) {
      Web viewer = Web.of(one.url(), TestServer.VIEWER);
      Web.Reply reply = viewer.get("/api/runs/r/stream");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json().get("detail").asText()).contains("does not answer");
      broken.set(false);
      try (Tail tail = Tail.sse(viewer, "r", "")) {
        assertThat(tail.status()).isEqualTo(200);
      }
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
