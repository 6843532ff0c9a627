package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.EventStream;
import io.millrace.OutcomeSummary;
import io.millrace.StreamedEvent;
import io.millrace.UntypedRunHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demo with every part in the process it has in {@code millrace demo}: right answers, and the
 * same ones when a process is killed.
 */
@Timeout(300)
@NullUnmarked
class DemoIT {
  private static final Pattern README_ROW =
      Pattern.compile("(?m)^\\| ([^|]+\\?) \\| `([^`]+)` \\|$");
  private static final String QUESTION = "What happens when a worker dies?";
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir static Path work;
  private static DemoStack demo;

  /** The answer to the question while nobody dies. */
  private static String undisturbed;

  @BeforeAll
  static void start() {
    Map<String, String> settings = new HashMap<>(DemoStack.documents());
    // The words of an answer take some three seconds then, in which a process can be killed.
    settings.put("MILLRACE_EXAMPLES_PACE_MS", "50");
    demo = DemoStack.start("rag", work, settings);
    undisturbed = demo.ask(QUESTION).result(LONG);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  static Stream<List<String>> questions() throws IOException {
    String readme =
        Files.readString(Path.of(System.getProperty("millrace.home"), "examples", "README.md"));
    List<MatchResult> rows = README_ROW.matcher(readme).results().toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(5);
    return rows.stream().limit(5).map(row -> List.of(row.group(1), row.group(2)));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void the_answer_cites_the_file_that_the_examples_readme_says(List<String> row)
      throws IOException {
    JsonNode answer = new ObjectMapper().readTree(demo.ask(row.get(0)).result(LONG));

    assertThat(answer.path("sources").findValuesAsText("path")).contains(row.get(1));
    assertThat(answer.path("text").asText()).contains(row.get(1) + ":");
  }

  @Test
  void every_step_and_the_coordinator_are_processes_of_their_own() {
    Set<Long> pids = new LinkedHashSet<>();
    for (String name : processes().toList()) {
      long pid = demo.processes.pid(name);
      assertThat(ProcessHandle.of(pid)).as(name).isPresent();
      pids.add(pid);
    }
    pids.add(ProcessHandle.current().pid());
    assertThat(pids).hasSize(demo.example.steps().size() + 2);
  }

  static Stream<String> processes() {
    return Stream.concat(
        Stream.of("coordinator"),
        Examples.named("rag").steps().stream()
            .map(step -> Examples.process(Examples.named("rag"), step.name())));
  }

  @ParameterizedTest
  @MethodSource("processes")
  void F1_killing_a_process_in_the_middle_of_a_run_leaves_the_answer_as_it_is(String name) {
    UntypedRunHandle run = demo.ask(QUESTION);
    try (EventStream.EventIterator stream = run.streamEvents().iterator()) {
      assertThat(stream.hasNext()).as("the run has begun").isTrue();
    }

    long killed = demo.kill(name);
    Instant dead = Instant.now();

    assertThat(run.result(LONG)).isEqualTo(undisturbed);
    OutcomeSummary outcome = run.inspect().outcome().orElseThrow();
    assertThat(outcome.endedAt()).as("the run went on after the kill").isAfter(dead);
    await()
        .atMost(LONG)
        .until(() -> demo.processes.pid(name) != -1 && demo.processes.pid(name) != killed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rag/retrieve"})
  void O1_events_are_on_the_stream_before_the_run_has_ended(String step) {
    UntypedRunHandle run = demo.ask(QUESTION);
    try (EventStream.EventIterator stream = run.streamEvents().iterator()) {
      StreamedEvent first = stream.next();
      assertThat(first.isTerminal()).isFalse();
      assertThat(run.inspect().outcome()).as("the run goes on, %s has work to do", step).isEmpty();
    }
    run.result(LONG);
  }
}
