package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.UnknownRunException;
import io.millrace.WorkflowClient;
import io.millrace.WorkflowException;
import io.millrace.coordinator.core.Entry;
import io.millrace.http.route.Access;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.Problem;
import io.millrace.http.route.Route;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for every route, whatever it does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTableTest {
  private static final Pattern IN_BRACES = Pattern.compile("\\{([^}]*)}");

  private HttpApi api;
  private Web web;
  private JsonNode document;

  RouteTableTest() {
    api = TestServer.start(TestServer.with("millrace.http.max.requests.per.second", "10000"));
    web = Web.of(api.url(), TestServer.OPERATOR);
    document = web.get("/openapi.json").json();
  }

  @BeforeAll
  void serves() {
    assertThat(api.port()).isPositive();
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @Test
  void the_document_tells_of_exactly_what_the_server_serves() {
    List<String> told = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        told.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(api.served());
  }

  @Test
  void every_parameter_of_a_path_is_in_the_document_and_the_other_way_round() {
    for (Route route : api.routes()) {
      List<String> inPath =
          IN_BRACES.matcher(route.path()).results().map(match -> match.group(1)).toList();
      List<String> told =
          route.parameters().stream()
              .filter(parameter -> parameter.in().equals("path"))
              .map(Parameter::name)
              .toList();
      assertThat(told).as(route.path()).isEqualTo(inPath);
    }
  }

  @Test
  void every_query_parameter_and_body_of_the_document_is_what_the_handler_reads() {
    WorkflowClient noRuns =
        Fakes.of(
            WorkflowClient.class,
            Map.of(
                "attachUntyped",
                runId -> {
                  throw new UnknownRunException("run " + runId[0] + " is not known");
                }));
    try (HttpApi asked = TestServer.start(TestServer.SETTINGS, noRuns)) {
      for (Route route : asked.routes()) {
        ReadCall call = new ReadCall();
        try {
          route.handler().handle(call);
        } catch (RuntimeException e) {
          // A call of nobody's run goes wrong; what was read until then is what counts.
          assertThat(e).isInstanceOfAny(WorkflowException.class, ReadCall.BodyRead.class);
        }
        assertThat(call.read("query")).as(route.path()).isEqualTo(queries(route));
        assertThat(call.bodyType()).as(route.path()).isEqualTo(route.body());
      }
    }
  }

  private static Set<String> queries(Route route) {
    return route.parameters().stream()
        .filter(parameter -> parameter.in().equals("query"))
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }

  @Test
  void the_phases_of_executions_in_the_document_are_those_that_there_are() {
    List<String> phases = new ArrayList<>(List.of("FROZEN"));
    for (Entry.Phase phase : Entry.Phase.values()) {
      phases.add(phase.name());
    }
    assertThat(document.at("/components/schemas/ExecutionView/properties/phase/enum"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(phases);
  }

  @Test
  void a_parser_of_OpenAPI_documents_finds_nothing_wrong_with_it() {
    SwaggerParseResult parsed =
        new OpenAPIV3Parser().readContents(document.toString(), null, new ParseOptions());
    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getPaths()).hasSameSizeAs(document.get("paths"));
  }

  @Test
  void every_reference_of_the_document_leads_somewhere() {
    Pattern.compile("\"\\$ref\":\"#([^\"]*)\"")
        .matcher(document.toString())
        .results()
        .forEach(
            match ->
                assertThat(document.at(match.group(1)).isMissingNode())
                    .as(match.group(1))
                    .isFalse());
    assertThat(document.get("openapi").asText()).startsWith("3.1");
  }

  @Test
  void operations_have_names_of_their_own() {
    assertThat(api.routes().stream().map(Route::operation)).doesNotHaveDuplicates();
  }

  @Test
  void only_the_probes_are_public() {
    assertThat(api.routes().stream().filter(r -> r.access() == Access.PUBLIC).map(Route::path))
        .containsExactlyInAnyOrder("/health", "/ready");
  }

  @Test
  void whatever_changes_a_run_needs_the_role_operate() {
    assertThat(api.routes())
        .allSatisfy(
            route ->
                assertThat(route.method().equals("POST"))
                    .as(route.path())
                    .isEqualTo(route.access() == Access.OPERATE));
  }

  @Test
  void every_route_but_the_probes_refuses_those_who_are_not_known() {
    for (Route route : api.routes()) {
      for (String token :
          new String[] {"", "some-other-token-that-is-long", TestServer.VIEWER + "x"}) {
        Web.Reply reply = called(route, web.as(token.isEmpty() ? null : token));
        if (route.access() == Access.PUBLIC) {
          assertThat(reply.status()).as(route.path()).isEqualTo(200);
        } else {
          assertThat(reply.status()).as(route.path()).isEqualTo(401);
          assertThat(reply.header("content-type")).isEqualTo(Problem.CONTENT_TYPE);
          assertThat(reply.header("www-authenticate")).startsWith("Bearer");
          assertThat(reply.json().get("type").asText())
              .isEqualTo("urn:millrace:problem:unauthenticated");
        }
      }
    }
  }

  @Test
  void every_route_that_operates_refuses_those_who_may_only_view() {
    for (Route route : api.routes()) {
      if (route.access() == Access.OPERATE) {
        Web.Reply reply = called(route, web.as(TestServer.VIEWER));
        assertThat(reply.status()).as(route.path()).isEqualTo(403);
        assertThat(reply.json().get("detail").asText())
            .isEqualTo("viewer has the role view; this needs the role operate");
      }
    }
  }

  @Test
  void the_console_is_for_anybody_and_held_to_its_policy() {
    Web nobody = web.as(null);
    Web.Reply page = uncheckedGet(nobody, "/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("content-security-policy")).startsWith("default-src 'self'");
    Web.Reply script = uncheckedGet(nobody, "/console/main.js");
    assertThat(script.header("content-type")).startsWith("text/javascript");
    assertThat(script.header("x-content-type-options")).isEqualTo("nosniff");
    HttpRequest.Builder again =
        nobody.request("/console/main.js").header("If-None-Match", script.header("etag")).GET();
    assertThat(unchecked(again).status()).isEqualTo(304);
    assertThat(uncheckedGet(nobody, "/console/none.js").status()).isEqualTo(404);
    assertThat(uncheckedGet(nobody, "/console/..%2Fmain.js").status()).isIn(400, 404);
  }

  @Test
  void what_no_route_takes_is_a_problem_too() {
    Web plain = web.as(TestServer.OPERATOR);
    Web.Reply nowhere = uncheckedGet(plain, "/api/nothing");
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.header("content-type")).isEqualTo(Problem.CONTENT_TYPE);

    Web.Reply method =
        unchecked(plain.request("/health").method("DELETE", HttpRequest.BodyPublishers.noBody()));
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.json().get("title").asText()).isEqualTo("The method is not for this path");
  }

  @Test
  void a_body_that_is_too_large_is_refused_however_long_it_says_it_is() {
    String large = "{\"workflow\": \"" + "x".repeat(1_048_576) + "\"}";
    assertThat(web.post("/api/runs", large).status()).isEqualTo(413);
    HttpRequest chunked =
        web.request("/api/runs")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
            .build();
    assertThat(web.call("/api/runs", chunked).status()).isEqualTo(413);
  }

  @Test
  void whoever_calls_too_often_is_told_when_to_come_back() {
    try (HttpApi strict =
        TestServer.start(TestServer.with("millrace.http.max.requests.per.second", "2"))) {
      Web caller = Web.of(strict.url(), TestServer.OPERATOR);
      Web.Reply last = caller.get("/api/caller");
      for (int i = 0; i < 100 && last.status() == 200; i++) {
        last = caller.get("/api/caller");
      }
      assertThat(last.status()).isEqualTo(429);
      assertThat(last.header("Retry-After")).isEqualTo("1");
      assertThat(last.json().get("type").asText())
          .isEqualTo("urn:millrace:problem:too-many-requests");
      // Others are not held up by it.
      assertThat(caller.as(TestServer.VIEWER).get("/api/caller").status()).isEqualTo(200);
    }
  }

  @Test
  void the_largest_bound_for_bodies_bounds_nothing() {
    try (HttpApi large =
        TestServer.start(TestServer.with("millrace.http.max.body.bytes", "2147483647"))) {
      Web.Reply reply = Web.of(large.url(), TestServer.OPERATOR).post("/api/runs", "{}");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().get("detail").asText()).isEqualTo("field 'workflow' is missing");
    }
  }

  @Test
  void a_body_that_is_not_said_to_be_json_is_refused() {
    HttpRequest form =
        web.request("/api/runs").POST(HttpRequest.BodyPublishers.ofString("a=b")).build();
    assertThat(web.call("/api/runs", form).status()).isEqualTo(415);
  }

  @Test
  void head_gets_past_the_gate_for_probes_only() {
    for (Route route : api.routes()) {
      String path = route.path().replaceAll("\\{[^}]*}", "some");
      HttpRequest.Builder head =
          web.as(null).request(path).method("HEAD", HttpRequest.BodyPublishers.noBody());
      assertThat(unchecked(head).status())
          .as(path)
          .isEqualTo(route.access() == Access.PUBLIC ? 200 : 405);
    }
  }

  @Test
  void what_the_server_itself_refuses_is_a_problem_too() {
    Web.Reply large =
        unchecked(web.request("/api/runs").header("x-large", "x".repeat(20_000)).GET());

    assertThat(large.status()).isEqualTo(431);
    assertThat(large.header("content-type")).isEqualTo(Problem.CONTENT_TYPE);
    assertThat(large.json().get("status").asInt()).isEqualTo(431);
  }

  private static Web.Reply called(Route route, Web caller) {
    String path = route.path().replaceAll("\\{[^}]*}", "some");
    return route.method().equals("GET") ? caller.get(path) : caller.post(path, "{}");
  }

  private static Web.Reply uncheckedGet(Web caller, String path) {
    return unchecked(caller.request(path).GET());
  }

  private static Web.Reply unchecked(HttpRequest.Builder request) {
    return new Web.Reply(
        Web.sent(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString()));
  }
}
