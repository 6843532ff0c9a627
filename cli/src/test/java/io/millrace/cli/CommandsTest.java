package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.NonRetryableException;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.examples.human.AskNumber;
import io.millrace.examples.human.TakeNumber;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The commands on a broker, a registry and a coordinator. */
@MillraceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {
  /** Where to find it. */
  private List<String> there = List.of();

  public record Job(String text) implements StartEvent {}

  public record Done(String text) implements StopEvent {}

  /** A step that never succeeds. */
  public static final class Break {
    @Step
    public Done work(Job job) {
      throw new NonRetryableException("cannot do " + job.text());
    }
  }

  @BeforeAll
  void start(LocalMillrace millrace) {
    there =
        List.of(
            "-b", millrace.bootstrapServers(),
            "-r", millrace.registryUrl(),
            "-n", millrace.namespace());
    millrace.worker("human", new AskNumber(), new TakeNumber());
    millrace.worker("broken", new Break());
  }

  @Test
  void what_is_registered_is_shown_drawn_and_checked() {
    assertThat(run("steps", "human").out())
        .contains("WORKFLOW")
        .containsPattern("human +ask +1 +Begin +NumberNeeded");
    assertThat(lines("steps", "--json")).extracting(s -> s.get("name").asText()).contains("work");
    assertThat(run("graph", "human").out())
        .startsWith("flowchart LR")
        .contains("([\"NumberGiven\"])");
    assertThat(run("graph", "human", "-f", "dot").out()).startsWith("digraph \"human\"");
    assertThat(lines("graph", "human", "--json"))
        .extracting(e -> e.get("event").asText())
        .contains("Begin", "NumberGiven", "Entered");
    assertThat(run("validate", "human").out()).contains("human: sound");
    Said unknown = run("graph", "humna");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("humna").contains("human");
  }

  @Test
  void a_run_is_started_shown_answered_and_its_outcome_told() {
    String run =
        started(
            "human",
            "{\"question\": \"How many?\"}",
            "--state",
            "visits=3",
            "--outcome-key",
            "visits");
    String prompt = awaitPrompt(run);

    assertThat(lines("answer", run, "--show", "--json").get(0).at("/event/prompt").asText())
        .isEqualTo("How many?");
    Said wrong = run("answer", run, "value=many");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("? NumberNeeded").contains("field 'value' must be");
    Said other = run("answer", run, "value=1", "--prompt", "nonsense");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains(prompt);
    assertThat(run("inspect", run, "--outcome").err()).contains("has not ended");

    assertThat(run("answer", run, "value=42").out()).contains("accepted");

    JsonNode outcome = Json.tree(run("inspect", run, "--outcome", "--wait", "30s").out());
    assertThat(outcome.at("/result/value").asInt()).isEqualTo(42);
    assertThat(outcome.at("/state/visits").asInt()).isEqualTo(3);
    assertThat(run("answer", run, "value=1").err()).contains("no open question");
    assertThat(run("tail", run).out().strip()).endsWith("COMPLETED");
  }

  @Test
  void runs_are_listed_newest_first_by_workflow_and_status() {
    String first = started("human", "{\"question\": \"1\"}");
    String second = started("human", "{\"question\": \"2\"}");
    awaitPrompt(first);
    awaitPrompt(second);

    List<String> waiting = ids(lines("runs", "human", "--status", "waiting", "--json"));
    assertThat(waiting).containsSubsequence(second, first);
    assertThat(run("runs", "--limit", "1").err()).contains("--limit");
    assertThat(run("runs", "human", "--since", "1h").out()).contains("STATUS").contains(first);
    assertThat(run("runs", "nobody").out()).isEmpty();
  }

  @Test
  void a_dead_letter_is_listed_with_its_error_and_its_event() {
    String run = started("broken", "{\"text\": \"the dishes\"}");
    assertThat(run("start", "broken", "{\"text\": \"x\"}", "--wait").code()).isEqualTo(1);
    await().until(() -> !lines("dead-letters", "--run", run, "--json").isEmpty());

    JsonNode letter = lines("dead-letters", "broken", "--run", run, "--json").get(0);
    assertThat(letter.at("/event/text").asText()).isEqualTo("the dishes");
    assertThat(letter.get("executionId").asText()).isNotEmpty();
    assertThat(run("dead-letters", "broken", "--run", run).out())
        .contains("cannot do the dishes")
        .contains("run        " + run + " of broken")
        .contains("step       work, after 1 attempt");
    assertThat(run("dead-letters", "human").err()).contains("no dead letters");
  }

  @Test
  void all_runs_of_a_workflow_are_followed_those_under_way_and_those_that_start() throws Exception {
    String before = started("human", "{\"question\": \"before\"}");
    awaitPrompt(before);
    CompletableFuture<Said> tail =
        CompletableFuture.supplyAsync(
            () -> run("tail", "--workflow", "human", "--json", "--runs", "2"));
    String after = started("human", "{\"question\": \"after\"}");
    awaitPrompt(after);

    assertThat(run("answer", before, "value=1").code()).isZero();
    assertThat(run("answer", after, "value=2").code()).isZero();

    Said said = tail.get(60, TimeUnit.SECONDS);
    assertThat(said.code()).as(said.err()).isZero();
    List<JsonNode> events = said.out().lines().map(Json::tree).toList();
    for (String run : List.of(before, after)) {
      assertThat(events)
          .filteredOn(event -> event.get("runId").asText().equals(run))
          .extracting(event -> event.get("kind").asText())
          .containsExactly("PROMPT", "TERMINAL");
    }
  }

  private String started(String workflow, String event, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(there);
    Said said = Said.when(arguments, "start", workflow, event);
    assertThat(said.code()).as(said.err()).isZero();
    return said.out().strip();
  }

  private String awaitPrompt(String run) {
    await().until(() -> !inspected(run).get("prompts").isEmpty());
    return inspected(run).at("/prompts/0/eventId").asText();
  }

  private JsonNode inspected(String run) {
    return Json.tree(run("inspect", run, "--json").out());
  }

  private List<JsonNode> lines(String... command) {
    Said said = run(command);
    assertThat(said.code()).as(said.err()).isZero();
    return said.out().lines().map(Json::tree).toList();
  }

  private Said run(String... command) {
    return Said.when(there, command);
  }

  private static List<String> ids(List<JsonNode> runs) {
    return runs.stream().map(run -> run.get("runId").asText()).toList();
  }
}
