package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server whose Kafka takes its time. */
class HandlingTest {
  private static final int MOST = 3;

  private final CompletableFuture<Boolean> slow = new CompletableFuture<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final HttpApi api =
      TestServer.start(
          TestServer.with("millrace.http.max.concurrent.requests", String.valueOf(MOST)),
          Fakes.of(
              WorkflowClient.class,
              Map.of(
                  "attachUntyped",
                  runId -> {
                    waiting.incrementAndGet();
                    slow.join();
                    return Fakes.of(
                        UntypedRunHandle.class,
                        Map.of(
                            "inspectionAtAttach",
                            none -> Optional.of(Fakes.running((String) runId[0]))));
                  })));
  private final Web web = Web.of(api.url(), TestServer.VIEWER);

  @AfterEach
  void stop() {
    slow.complete(true);
    api.close();
  }

  @Test
  void when_all_places_are_taken_requests_are_refused_and_probes_and_metrics_answered() {
    List<CompletableFuture<Web.Reply>> slowOnes = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      String path = "/api/runs/r" + i;
      slowOnes.add(
          CompletableFuture.supplyAsync(() -> web.get(path), task -> new Thread(task).start()));
    }
    await().until(() -> waiting.get() == MOST);

    Web.Reply refused = web.get("/api/caller");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.json().get("type").asText()).isEqualTo("urn:millrace:problem:busy");
    assertThat(web.get("/health").status()).isEqualTo(200);
    assertThat(web.get("/ready").status()).isEqualTo(200);
    assertThat(web.get("/metrics").status()).isEqualTo(200);

    slow.complete(true);
    assertThat(slowOnes).allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(200));
    assertThat(web.get("/api/caller").status()).isEqualTo(200);
  }
}
