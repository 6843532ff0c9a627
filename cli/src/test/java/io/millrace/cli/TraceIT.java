package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.StartOptions;
import io.millrace.WorkflowClient;
import io.millrace.cli.TraceCollector.Collected;
import io.millrace.config.MillraceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run of the question answering example, traced by every process that takes part. */
@Timeout(300)
class TraceIT {
  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
  private static final String DELAY = "otel.bsp.schedule.delay";

  @AfterEach
  void forget() {
    System.clearProperty(ENDPOINT);
    System.clearProperty(DELAY);
  }

  @Test
  void a_trace_of_the_rag_example_is_one_connected_tree_over_all_processes(@TempDir Path work)
      throws Exception {
    try (TraceCollector collector = TraceCollector.start()) {
      System.setProperty(ENDPOINT, collector.url());
      System.setProperty(DELAY, "100");
      Map<String, String> settings = new HashMap<>(DemoStack.documents());
      settings.put("MILLRACE_TRACING", "otlp");
      settings.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
      settings.put("OTEL_BSP_SCHEDULE_DELAY", "100");
      try (DemoStack demo = DemoStack.start("rag", work, settings);
          WorkflowClient client = tracing(demo)) {
        client
            .startJson(
                "rag",
                Json.object(Map.of("question", "What happens when a worker dies?")),
                StartOptions.ofDefaults().withRunId("traced"))
            .result(Duration.ofMinutes(2));

        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertTree(collector.of("traced")));
      }
    }
  }

  private static WorkflowClient tracing(DemoStack demo) {
    return WorkflowClient.create(
        MillraceConfig.of(demo.processes.config()).with(Map.of("millrace.tracing", "otlp")));
  }

  private static void assertTree(List<Collected> spans) {
    Set<String> ids = spans.stream().map(Collected::spanId).collect(Collectors.toSet());
    assertThat(spans)
        .extracting(Collected::traceId)
        .isNotEmpty()
        .containsOnly(root(spans).traceId());
    assertThat(root(spans).name()).isEqualTo("start rag");
    assertThat(spans)
        .filteredOn(span -> !span.equals(root(spans)))
        .allSatisfy(span -> assertThat(ids).contains(span.parentId()))
        .allSatisfy(span -> assertThat(ids).containsAll(span.links()));
    assertThat(spans)
        .extracting(Collected::service)
        .contains("millrace.client", "rag.plan", "rag.retrieve", "rag.rank", "rag.synthesize");
    assertThat(parents(spans, "rag.plan")).containsExactly("start rag");
    assertThat(parents(spans, "rag.retrieve")).containsExactly("rag.plan");
    assertThat(parents(spans, "rag.rank")).containsExactly("rag.retrieve");
    assertThat(parents(spans, "rag.synthesize")).containsExactly("rag.plan", "rag.rank");
    assertThat(named(spans, "rag.retrieve")).hasSizeGreaterThan(1);
    assertThat(named(spans, "rag.rank"))
        .anySatisfy(
            rank ->
                assertThat(rank.links().size() + 1).isEqualTo(named(spans, "rag.retrieve").size()));
  }

  private static Collected root(List<Collected> spans) {
    List<Collected> roots = spans.stream().filter(span -> span.parentId().isEmpty()).toList();
    assertThat(roots).hasSize(1);
    return roots.get(0);
  }

  private static List<Collected> named(List<Collected> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  /** Of all spans of this name. */
  private static Set<String> parents(List<Collected> spans, String name) {
    Set<String> ids =
        named(spans, name).stream().map(Collected::parentId).collect(Collectors.toSet());
    return spans.stream()
        .filter(span -> ids.contains(span.spanId()))
        .map(Collected::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
