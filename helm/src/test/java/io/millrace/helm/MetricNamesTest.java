package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.millrace.config.MillraceConfig;
import io.millrace.http.HttpCoordinator;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Dashboard, alerts and documentation speak of what a coordinator and a worker really export. */
@MillraceTest(coordinator = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MetricNamesTest {
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:millrace|jvm|process|system)_[a-z_]+)\\b(?:\\{([^}]*)})?");
  private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)(=~?)\"([^\"]*)\"");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(millrace_[a-z_]+)` \\| (\\w+) \\| ([a-z, ]*)\\|");
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\(([a-z_]+), ([a-z_]+)\\)");
  private static final Pattern USED = Pattern.compile("\\$\\{?([A-Za-z_]+)");
  private static final String TOKEN = "a-token-for-prometheus-to-view";

  private final Exposition exported = new Exposition();
  private String coordinator = "";
  private @Nullable HttpCoordinator running;

  @BeforeAll
  void run(LocalMillrace millrace, @TempDir Path state) throws Exception {
    int port = freePort();
    Map<String, String> settings = new HashMap<>(millrace.config());
    settings.put("millrace.http.port", "0");
    settings.put("millrace.http.tokens", "view:prometheus:" + TOKEN);
    settings.put("millrace.state.dir", state.toString());
    running = HttpCoordinator.start(MillraceConfig.of(settings));
    coordinator = running.url() + "/metrics";
    millrace.worker(Map.of("millrace.metrics.port", port), "mill", new Mill());

    assertThat(
            millrace
                .client()
                .start(Mill.WORKFLOW, new Mill.Grain(3))
                .result(Duration.ofMinutes(1))
                .sacks())
        .isEqualTo(3);

    System.gc(); // or nothing would be known of it
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              exported.and(get(coordinator)).and(get("http://127.0.0.1:" + port + "/metrics"));
              assertThat(exported.types).containsKey("jvm_gc_pause_seconds");
              assertThat(get(coordinator)).contains("millrace_step_running");
            });
  }

  /** Before its folder is gone. */
  @AfterAll
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Test
  void what_happened_is_what_is_told() throws Exception {
    String text = get(coordinator);

    assertThat(text)
        .containsPattern("millrace_runs_ended_total\\{[^}]*outcome=\"completed\"[^}]*} 1\\.0")
        .containsPattern("millrace_dispatches_total\\{cause=\"first\"[^}]*} 1\\.0")
        .containsPattern("millrace_dispatches_total\\{cause=\"retry\"[^}]*} 1\\.0")
        .containsPattern("millrace_run_seconds_count\\{[^}]*} 1");
    assertThat(exported.labels("millrace_step_attempts_total").get("end"))
        .contains("completed", "failed");
  }

  @Test
  void whoever_has_no_token_reads_no_metrics() throws Exception {
    HttpResponse<String> refused =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(coordinator)).build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(refused.statusCode()).isEqualTo(401);
  }

  @Test
  void every_variable_of_the_dashboard_has_something_to_choose_from() throws IOException {
    Map<String, String> variables = new TreeMap<>();
    for (JsonObject variable : Json.list(dashboard(), "templating.list")) {
      if (Json.text(variable, "type").equals("query")) {
        variables.put(Json.text(variable, "name"), Json.text(variable, "query.query"));
      }
    }

    assertThat(variables).containsOnlyKeys("namespace", "workflow");
    variables.forEach(
        (name, query) -> {
          Matcher values = LABEL_VALUES.matcher(query);
          assertThat(values.matches()).as(query).isTrue();
          assertThat(exported.labels(values.group(1))).as(query).containsKey(values.group(2));
        });
  }

  @Test
  void the_dashboard_uses_its_variables_and_no_others() throws IOException {
    Set<String> used =
        USED.matcher(dashboard().toString())
            .results()
            .map(found -> found.group(1))
            .filter(name -> !name.startsWith("__"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).isEqualTo(new TreeSet<>(Json.texts(dashboard(), "templating.list", "name")));
  }

  @Test
  void every_query_of_the_dashboard_has_something_to_show() throws IOException {
    JsonObject dashboard = dashboard();
    List<String> queries = new ArrayList<>();
    for (JsonObject panel : Json.list(dashboard, "panels")) {
      queries.addAll(Json.texts(panel, "targets", "expr"));
    }

    assertThat(queries).hasSizeGreaterThan(20).allSatisfy(this::isExported);
  }

  @Test
  void every_alert_looks_at_something_that_is_exported() throws IOException {
    Map<String, List<Map<String, List<Map<String, String>>>>> file =
        new Yaml().load(Files.readString(Chart.FOLDER.resolve("files/alerts.yaml")));
    List<String> queries =
        file.getOrDefault("groups", List.of()).stream()
            .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
            .map(rule -> rule.get("expr"))
            .toList();

    assertThat(queries).hasSizeGreaterThan(10).allSatisfy(this::isExported);
  }

  @Test
  void the_page_on_metrics_lists_exactly_what_is_exported() throws IOException {
    String page = Files.readString(Chart.FOLDER.resolveSibling("docs").resolve("observability.md"));
    Map<String, String> told = new TreeMap<>();
    ROW.matcher(page)
        .results()
        .forEach(
            row ->
                told.put(
                    row.group(1), row.group(2) + " " + new TreeSet<>(tags(row.group(3).strip()))));
    Map<String, String> real = new TreeMap<>();
    exported.types.forEach(
        (name, type) -> {
          if (name.startsWith("millrace_") && !name.endsWith("_seconds_max")) {
            real.put(name, type + " " + exported.tags(name));
          }
        });

    assertThat(told).isEqualTo(real);
  }

  private static JsonObject dashboard() throws IOException {
    return JsonParser.parseString(Files.readString(Chart.FOLDER.resolve("files/dashboard.json")))
        .getAsJsonObject();
  }

  private static List<String> tags(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(", "));
  }

  private void isExported(String query) {
    List<MatchResult> metrics =
        METRIC
            .matcher(query)
            .results()
            .filter(found -> !found.group(1).equals("millrace_namespace"))
            .toList();
    assertThat(metrics).as(query).isNotEmpty();
    for (MatchResult metric : metrics) {
      assertThat(exported.samples).as(query).containsKey(metric.group(1));
      Map<String, Set<String>> labels = exported.labels(metric.group(1));
      String selectors = metric.group(2) == null ? "" : metric.group(2);
      for (MatchResult selector : SELECTOR.matcher(selectors).results().toList()) {
        assertThat(labels).as(query).containsKey(selector.group(1));
        if (selector.group(2).equals("=")) {
          assertThat(labels.get(selector.group(1))).as(query).contains(selector.group(3));
        }
      }
      assertThat(by(query)).as(query).isSubsetOf(known(labels));
    }
  }

  /** What a query groups by. */
  private static Set<String> by(String query) {
    return Pattern.compile("by \\(([^)]*)\\)")
        .matcher(query)
        .results()
        .flatMap(found -> Arrays.stream(found.group(1).split(", ?")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Prometheus itself adds the instance. */
  private static Set<String> known(Map<String, Set<String>> labels) {
    Set<String> known = new TreeSet<>(labels.keySet());
    known.add("instance");
    return known;
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + TOKEN)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
