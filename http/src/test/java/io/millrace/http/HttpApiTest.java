package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.MillraceConfig;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The API on a broker: every answer here is held against the OpenAPI document, see {@link Web}. */
@MillraceTest(coordinator = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpApiTest {
  private final Inn inn = new Inn();
  private Web web = Web.nowhere();

  /** The same caller at another coordinator. */
  private Web other = Web.nowhere();

  private final Deque<HttpCoordinator> coordinators = new ArrayDeque<>();

  @BeforeAll
  void start(LocalMillrace millrace, @TempDir Path state) {
    HttpCoordinator coordinator = coordinator(millrace, state.resolve("one"));
    millrace.worker(Inn.NAME, inn);
    web = Web.of(coordinator.url(), TestServer.OPERATOR);
    other = web.at(coordinator(millrace, state.resolve("two")).url());
    await().until(() -> web.get("/api/workflows/inn").status() == 200);
    await().until(() -> other.get("/api/workflows/inn").status() == 200);
    await().until(() -> web.get("/ready").status() == 200 && other.get("/ready").status() == 200);
  }

  /** Before their folder is gone. */
  @AfterAll
  void stop() {
    coordinators.forEach(HttpCoordinator::close);
  }

  private HttpCoordinator coordinator(LocalMillrace millrace, Path state) {
    Map<String, String> settings = new HashMap<>(millrace.config());
    settings.putAll(TestServer.SETTINGS);
    settings.put("millrace.state.dir", state.toString());
    settings.put("millrace.http.heartbeat.ms", "200");
    settings.put("millrace.http.max.requests.per.second", "10000");
    HttpCoordinator coordinator = HttpCoordinator.start(MillraceConfig.of(settings));
    coordinators.push(coordinator);
    return coordinator;
  }

  @Test
  void a_workflow_is_shown_with_its_start_event_steps_and_graph() {
    JsonNode list = web.get("/api/workflows").json().get("workflows");
    assertThat(list).extracting(w -> w.get("name").asText()).contains("inn");

    JsonNode one = web.get("/api/workflows/inn").json();
    assertThat(one.at("/startEvents/0").asText()).isEqualTo("Guest");
    assertThat(event(one, "Guest").at("/schema/fields/0/name").asText()).isEqualTo("name");
    assertThat(event(one, "Decision").get("kind").asText()).isEqualTo("HUMAN_RESPONSE");
    assertThat(event(one, "Room").at("/schema/type").asText()).isEqualTo("record");
    assertThat(edges(one))
        .containsExactlyInAnyOrder(
            "outside -Guest-> welcome",
            "welcome -Stay-> outside",
            "outside -Decision-> settle",
            "settle -Bill-> outside");
    assertThat(one.get("problems")).isEmpty();
  }

  private static JsonNode event(JsonNode workflow, String type) {
    for (JsonNode event : workflow.get("events")) {
      if (event.get("type").asText().equals(type)) {
        return event;
      }
    }
    throw new AssertionError("no event " + type);
  }

  private static List<String> edges(JsonNode workflow) {
    List<String> edges = new ArrayList<>();
    for (JsonNode edge : workflow.get("graph")) {
      edges.add(
          "%s -%s-> %s"
              .formatted(
                  edge.path("from").asText("outside"),
                  edge.get("event").asText(),
                  edge.path("to").asText("outside")));
    }
    return edges;
  }

  @Test
  void a_run_is_started_answered_and_its_outcome_told() {
    String runId = start("Ada", 0);
    awaitPrompt(runId);

    JsonNode asking = web.get("/api/runs/" + runId).json();
    assertThat(asking.get("status").asText()).isEqualTo("WAITING");
    assertThat(asking.get("workflow").asText()).isEqualTo("inn");
    assertThat(asking.get("stateKeys")).extracting(JsonNode::asText).containsExactly("guest");
    assertThat(asking.get("timeline"))
        .extracting(entry -> entry.get("what").asText())
        .contains("started", "prompt");
    Web.Reply notYet = web.get("/api/runs/" + runId + "/outcome");
    assertThat(notYet.status()).isEqualTo(202);
    assertThat(notYet.json().get("status").asText()).isEqualTo("WAITING");

    String answer =
        """
        {"type": "Decision", "event": {"stays": true}, "eventId": "once", "inReplyTo": "%s"}"""
            .formatted(asking.at("/prompts/0/eventId").asText());
    Web.Reply sent = web.post("/api/runs/" + runId + "/events", answer);
    assertThat(sent.status()).isEqualTo(202);
    assertThat(sent.json().get("duplicate").asBoolean()).isFalse();

    JsonNode outcome = web.get("/api/runs/" + runId + "/outcome?waitSeconds=30").json();
    assertThat(outcome.get("status").asText()).isEqualTo("COMPLETED");
    assertThat(outcome.at("/result/text").asText()).isEqualTo("one night");
    JsonNode ended = web.get("/api/runs/" + runId).json();
    assertThat(ended.at("/outcome/type").asText()).isEqualTo("Bill");
    assertThat(ended.get("timeline"))
        .extracting(entry -> entry.get("what").asText())
        .endsWith("ended");
    assertThat(web.post("/api/runs/" + runId + "/events", answer).json().get("type").asText())
        .isEqualTo("urn:millrace:problem:run-finished");
  }

  @Test
  void the_history_of_a_run_tells_of_executions_that_are_over() {
    String runId = start("Hana", 2);
    awaitPrompt(runId);
    decide(runId, true);
    web.get("/api/runs/" + runId + "/outcome?waitSeconds=30");

    for (Web at : List.of(web, other)) {
      JsonNode history = at.get("/api/runs/" + runId + "/history").json();
      assertThat(history.has("gap")).isFalse();
      assertThat(history.get("executions"))
          .extracting(e -> e.get("step").asText() + " " + e.at("/attempts/0/end").asText())
          .containsExactly("welcome COMPLETED", "settle COMPLETED");
      assertThat(history.at("/executions/0/attempts/0/streamed").asInt()).isEqualTo(2);
      assertThat(history.at("/executions/0/attempts/0/wrote/0").asText()).isEqualTo("guest");
      assertThat(history.at("/executions/0/attempts/0/emitted/Stay").asInt()).isEqualTo(1);
      assertThat(history.get("moments"))
          .extracting(moment -> moment.get("kind").asText())
          .containsExactly("STARTED", "PROMPT", "EVENT", "ENDED");
    }
    assertThat(web.get("/api/runs/none/history").status()).isEqualTo(404);
  }

  @Test
  void what_goes_on_is_counted_on_every_coordinator() {
    String runId = start("Ivan", 0);
    awaitPrompt(runId);

    for (Web at : List.of(web, other)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          at.get("/api/activity?workflow=inn")
                              .json()
                              .at("/workflows/0/runs/WAITING")
                              .asInt())
                      .isPositive());
    }
    assertThat(web.get("/api/activity?workflow=none").json().get("workflows")).isEmpty();
  }

  @Test
  void a_start_may_name_its_type_and_another_type_is_refused() {
    String start =
        """
        {"workflow": "inn", "startType": "Guest", "event": {"name": "Jo", "rooms": 0}}""";
    assertThat(web.post("/api/runs", start).status()).isEqualTo(202);
    assertThat(refused("/api/runs", start.replace("Guest", "Decision"), 422))
        .isEqualTo("workflow inn starts with [Guest], not with Decision");
  }

  @Test
  void the_caller_is_told_whom_it_is_taken_for() {
    assertThat(web.get("/api/caller").json().get("role").asText()).isEqualTo("OPERATE");
    JsonNode viewer = web.as(TestServer.VIEWER).get("/api/caller").json();
    assertThat(viewer.get("name").asText()).isEqualTo("viewer");
    assertThat(viewer.get("role").asText()).isEqualTo("VIEW");
  }

  @Test
  void a_start_that_is_sent_again_is_the_same_run_and_another_under_its_id_is_refused() {
    String runId = "again-" + UUID.randomUUID();
    String start =
        """
        {"workflow": "inn", "runId": "%s", "event": {"name": "Bob", "rooms": 0},
         "state": {"count": 3, "tags": ["a"]}, "outcomeKeys": ["count", "tags"]}"""
            .formatted(runId);
    Web.Reply first = web.post("/api/runs", start);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.header("Location")).isEqualTo("/api/runs/" + runId);
    assertThat(web.post("/api/runs", start).json()).isEqualTo(first.json());

    Web.Reply other = web.post("/api/runs", start.replace("Bob", "Eve"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().get("type").asText()).isEqualTo("urn:millrace:problem:run-id-taken");

    awaitPrompt(runId);
    decide(runId, false);
    JsonNode outcome = web.post("/api/runs?waitSeconds=30", start).json();
    assertThat(outcome.at("/result/text").asText()).isEqualTo("nothing");
    assertThat(outcome.at("/state/count").asInt()).isEqualTo(3);
    assertThat(outcome.at("/state/tags/0").asText()).isEqualTo("a");
  }

  @Test
  void what_makes_no_sense_is_refused_by_name() {
    assertThat(refused("/api/runs", "{\"workflow\": \"none\", \"event\": {}}", 404))
        .contains("workflow none has no steps");
    assertThat(refused("/api/runs", "{\"workflow\": \"inn\", \"event\": {\"name\": 1}}", 422))
        .isEqualTo("field 'name' must be text, not number");
    assertThat(refused("/api/runs", "{\"workflow\": \"inn\"}", 400))
        .isEqualTo("field 'event' is missing");
    assertThat(refused("/api/runs", "{\"workflow\": \"inn\", \"evnt\": {}}", 400))
        .startsWith("field 'evnt' does not fit");
    assertThat(refused("/api/runs", "{\"workflow\": \"inn\"", 400)).contains("not");
    assertThat(refused("/api/runs/none/cancel", "{}", 404)).contains("none");
    String bad =
        "{\"workflow\": \"inn\", \"runId\": \"a.b\", \"event\": {\"name\": \"x\", \"rooms\": 0}}";
    assertThat(refused("/api/runs", bad, 400)).contains("'a.b' cannot be a run id");
    assertThat(web.get("/api/runs/none").status()).isEqualTo(404);
    assertThat(web.get("/api/runs/none/outcome?waitSeconds=9999").json().get("detail").asText())
        .isEqualTo("parameter 'waitSeconds' must be from 0 to 60");
  }

  private String refused(String path, String body, int status) {
    Web.Reply reply = web.post(path, body);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
    return reply.json().get("detail").asText();
  }

  @Test
  void a_run_is_cancelled_once() {
    String runId = start("Carl", 0);
    awaitPrompt(runId);
    String path = "/api/runs/" + runId + "/cancel";
    assertThat(web.post(path, "{\"reason\": \"no rooms\"}").json().get("cancelled").asBoolean())
        .isTrue();
    assertThat(web.post(path, "{}").json().get("cancelled").asBoolean()).isFalse();
    JsonNode outcome = web.get("/api/runs/" + runId + "/outcome?waitSeconds=30").json();
    assertThat(outcome.get("status").asText()).isEqualTo("CANCELLED");
    assertThat(outcome.get("reason").asText()).contains("no rooms");
  }

  @Test
  void a_reader_that_is_cut_off_and_comes_back_with_its_last_id_misses_and_repeats_nothing() {
    String runId = start("Dora", 25);
    List<JsonNode> seen = new ArrayList<>();
    String last = "";
    Web at = web;
    boolean decided = false;
    while (seen.isEmpty() || !kind(seen.get(seen.size() - 1)).equals("TERMINAL")) {
      // Each time at the other coordinator, and after a few records more or less.
      at = at == web ? other : web;
      try (Tail tail = Tail.sse(at, runId, last)) {
        for (int i = 0; i <= seen.size() % 4; i++) {
          Optional<JsonNode> next = tail.next();
          if (next.isEmpty()) {
            break;
          }
          seen.add(next.get());
          last = next.get().get("id").asText();
          if (kind(next.get()).equals("PROMPT") && !decided) {
            decided = true;
            decide(runId, true);
          }
        }
      }
    }

    List<JsonNode> atOnce = Tail.sse(web, runId, "").rest();
    assertThat(seen).isEqualTo(atOnce);
    assertThat(numbers(seen)).isEqualTo(IntStream.rangeClosed(1, 25).boxed().toList());
    assertThat(seen).hasSize(27);
    assertThat(Tail.of(web, "/api/runs/" + runId + "/stream", "", "application/x-ndjson").rest())
        .isEqualTo(atOnce);
    assertThat(seen.get(26).at("/event/result/text").asText()).isEqualTo("one night");
    try (Tail after = Tail.sse(other, runId, last)) {
      assertThat(after.status()).isEqualTo(204);
    }
    try (Tail after =
        Tail.of(other, "/api/runs/" + runId + "/stream?after=26", "", "text/event-stream")) {
      assertThat(after.rest()).hasSize(1);
    }
  }

  private static String kind(JsonNode record) {
    return record.get("kind").asText();
  }

  private static List<Integer> numbers(List<JsonNode> records) {
    return records.stream()
        .filter(record -> record.get("type").asText().equals("Room"))
        .map(record -> record.at("/event/number").asInt())
        .toList();
  }

  @Test
  void many_readers_see_the_same_and_one_from_now_what_comes() {
    String runId = start("Emil", 10);
    awaitPrompt(runId);
    List<Tail> tails = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tails.add(Tail.sse(i % 2 == 0 ? web : other, runId, ""));
    }
    try (Tail now =
        Tail.of(web, "/api/runs/" + runId + "/stream?from=now", "", "text/event-stream")) {
      assertThat(now.line()).contains(":");
      decide(runId, false);
      List<JsonNode> first = tails.get(0).rest();
      assertThat(first).hasSize(12);
      assertThat(tails.subList(1, 10)).allSatisfy(tail -> assertThat(tail.rest()).isEqualTo(first));
      assertThat(now.rest()).extracting(HttpApiTest::kind).containsExactly("TERMINAL");
    } finally {
      tails.forEach(Tail::close);
    }
  }

  @Test
  void a_request_that_reaches_the_wrong_coordinator_is_answered_all_the_same() {
    // Each run belongs to one of the two; of eight, both have some. Both hold partitions.
    for (Web at : List.of(web, other)) {
      await().untilAsserted(() -> assertThat(partitions(at)).isPositive());
    }
    for (int i = 0; i < 8; i++) {
      String runId = start("guest", 0);
      awaitPrompt(runId);
      assertThat(other.get("/api/runs/" + runId).json().get("status").asText())
          .isEqualTo("WAITING");
      assertThat(ids(other.get("/api/runs?limit=500").json())).contains(runId);
      assertThat(
              other
                  .post(
                      "/api/runs/" + runId + "/events",
                      "{\"type\": \"Decision\", \"event\": {\"stays\": true}}")
                  .status())
          .isEqualTo(202);
      for (Web at : List.of(web, other)) {
        assertThat(
                at.get("/api/runs/" + runId + "/outcome?waitSeconds=30")
                    .json()
                    .at("/result/text")
                    .asText())
            .isEqualTo("one night");
      }
    }
  }

  private static double partitions(Web at) {
    Matcher held =
        Pattern.compile("(?m)^millrace_partitions(?:\\{[^}]*})? (\\S+)$")
            .matcher(at.get("/metrics").response().body());
    return held.find() ? Double.parseDouble(held.group(1)) : 0;
  }

  @Test
  void a_failed_event_is_a_dead_letter_that_can_be_redriven() {
    inn.close();
    List<String> failed = List.of(start("", 1), start("", 2), start("", 3));
    failed.forEach(
        runId ->
            assertThat(web.get("/api/runs/" + runId + "/outcome?waitSeconds=30").status())
                .isEqualTo(200));
    inn.open();

    JsonNode letter = web.get("/api/dead-letters?runId=" + failed.get(1)).json();
    assertThat(letter.get("deadLetters")).hasSize(1);
    assertThat(letter.at("/deadLetters/0/step").asText()).isEqualTo("welcome");
    assertThat(letter.at("/deadLetters/0/event/rooms").asInt()).isEqualTo(2);
    assertThat(letter.at("/deadLetters/0/errorMessage").asText())
        .contains("no guest without a name");

    JsonNode newest = web.get("/api/dead-letters?workflow=inn&step=welcome&limit=2").json();
    JsonNode next = web.get("/api/dead-letters?limit=1&cursor=" + newest.get("next")).json();
    assertThat(newest.at("/deadLetters/0/runId").asText()).isEqualTo(failed.get(2));
    assertThat(newest.at("/deadLetters/1/runId").asText()).isEqualTo(failed.get(1));
    assertThat(next.at("/deadLetters/0/runId").asText()).isEqualTo(failed.get(0));
    assertThat(web.get("/api/dead-letters?workflow=other").json().get("deadLetters")).isEmpty();
    assertThat(web.get("/api/dead-letters?cursor=x").status()).isEqualTo(400);

    String execution = letter.at("/deadLetters/0/executionId").asText();
    assertThat(
            web.post(
                    "/api/runs/" + failed.get(1) + "/redrive",
                    "{\"executionId\": \"" + execution + "\"}")
                .json()
                .get("executions")
                .asInt())
        .isEqualTo(1);
    awaitPrompt(failed.get(1));
  }

  @Test
  void a_failed_run_goes_on_by_redrive() {
    inn.close();
    String runId = start("", 1);
    JsonNode failed = web.get("/api/runs/" + runId + "/outcome?waitSeconds=30").json();
    assertThat(failed.get("status").asText()).isEqualTo("FAILED");
    assertThat(failed.at("/failure/step").asText()).isEqualTo("welcome");
    inn.open();
    List<JsonNode> told = Tail.sse(web, runId, "").rest();
    assertThat(told).extracting(r -> r.get("type").asText()).endsWith("RunFailed");
    String last = told.get(told.size() - 1).get("id").asText();
    try (Tail over = Tail.sse(web, runId, last)) {
      assertThat(over.status()).isEqualTo(204);
    }

    JsonNode redriven = web.post("/api/runs/" + runId + "/redrive", "{}").json();
    assertThat(redriven.get("epoch").asInt()).isEqualTo(2);
    awaitPrompt(runId);
    decide(runId, true);
    JsonNode outcome = web.get("/api/runs/" + runId + "/outcome?waitSeconds=30").json();
    assertThat(outcome.get("status").asText()).isEqualTo("COMPLETED");
    assertThat(outcome.get("epoch").asInt()).isEqualTo(2);
    assertThat(Tail.sse(other, runId, last).rest())
        .extracting(r -> r.get("type").asText())
        .containsExactly("Room", "Stay", "Bill");
    assertThat(web.post("/api/runs/" + runId + "/redrive", "{}").status()).isEqualTo(409);
  }

  @Test
  void the_list_of_runs_is_exact_and_read_page_by_page() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      started.add(0, start("guest " + i, 0));
      // Each is in the list as soon as its start is accepted.
      assertThat(ids(web.get("/api/runs?limit=1").json())).containsExactly(started.get(0));
    }
    decideAll(started.subList(0, 2));

    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          web.get("/api/runs?workflow=inn&limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .json();
      paged.addAll(ids(page));
      cursor = page.path("next").asText();
    } while (!cursor.isEmpty() && !paged.containsAll(started));
    assertThat(paged.subList(0, 5)).isEqualTo(started);
    assertThat(paged).doesNotHaveDuplicates();

    assertThat(ids(web.get("/api/runs?status=completed&limit=500").json()))
        .containsAll(started.subList(0, 2))
        .doesNotContainAnyElementsOf(started.subList(2, 5));
    assertThat(ids(web.get("/api/runs?status=WAITING,RUNNING&limit=500").json()))
        .containsAll(started.subList(2, 5))
        .doesNotContainAnyElementsOf(started.subList(0, 2));
    assertThat(ids(web.get("/api/runs?workflow=other").json())).isEmpty();
    JsonNode newest = web.get("/api/runs?limit=1").json().at("/runs/0");
    String at = newest.get("startedAt").asText();
    assertThat(ids(web.get("/api/runs?startedFrom=" + at).json()))
        .containsExactly(newest.get("runId").asText());
    assertThat(ids(web.get("/api/runs?limit=500&startedBefore=" + at).json()))
        .contains(started.get(4))
        .doesNotContain(newest.get("runId").asText());
    assertThat(web.get("/api/runs?status=GONE").status()).isEqualTo(400);
    assertThat(web.get("/api/runs?cursor=x").status()).isEqualTo(400);
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("runs").forEach(run -> ids.add(run.get("runId").asText()));
    return ids;
  }

  private void decideAll(List<String> runs) {
    for (String runId : runs) {
      awaitPrompt(runId);
      decide(runId, true);
      assertThat(web.get("/api/runs/" + runId + "/outcome?waitSeconds=30").status()).isEqualTo(200);
    }
  }

  private String start(String name, int rooms) {
    Web.Reply reply =
        web.post(
            "/api/runs",
            "{\"workflow\": \"inn\", \"event\": {\"name\": \"%s\", \"rooms\": %d}}"
                .formatted(name, rooms));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(202);
    return reply.json().get("runId").asText();
  }

  private void awaitPrompt(String runId) {
    await().until(() -> !web.get("/api/runs/" + runId).json().get("prompts").isEmpty());
  }

  private void decide(String runId, boolean stays) {
    assertThat(
            web.post(
                    "/api/runs/" + runId + "/events",
                    "{\"type\": \"Decision\", \"event\": {\"stays\": " + stays + "}}")
                .status())
        .isEqualTo(202);
  }
}
