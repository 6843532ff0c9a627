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
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** A step that fails until somebody mends what it needs. */
  public static final class Mend {
    static final AtomicBoolean MENDED = new AtomicBoolean();

    @Step
    public Done work(Job job) {
      if (!MENDED.get()) {
        throw new NonRetryableException("nothing to do " + job.text() + " with");
      }
      return new Done(job.text());
    }
  }

  public record Knock(String who) implements StartEvent {}

  public record Ring(String who, int times) implements StartEvent {}

  /** A workflow that begins in two ways. */
  public static final class Doors {
    @Step
    public Done knock(Knock knock) {
      return new Done(knock.who() + " knocked");
    }

    @Step
    public Done ring(Ring ring) {
      return new Done(ring.who() + " rang");
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
    millrace.worker("mended", new Mend());
    millrace.worker("doors", new Doors());
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
  void what_a_start_event_takes_is_told_and_what_is_told_starts_a_run() {
    JsonNode begin = lines("events", "human", "Begin", "--json").get(0);
    assertThat(begin.get("kind").asText()).isEqualTo("START");
    assertThat(begin.at("/schema/name").asText()).isEqualTo("Begin");
    assertThat(begin.get("example").toString()).isEqualTo("{\"question\":\"...\"}");
    assertThat(run("events", "human").out())
        .containsPattern("Begin +START +ask +question: text")
        .containsPattern("NumberGiven +HUMAN_RESPONSE +\\w+ +value: int")
        .contains("millrace start human '{\"question\":\"...\"}'");
    assertThat(run("events", "human", "Begin").out()).contains("\"type\" : \"record\"");
    Said unknown = run("events", "human", "Bgein");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("Bgein").contains("Begin");

    awaitPrompt(started("human", begin.get("example").toString()));
    Said empty = run("start", "human");
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("'question'").contains("`millrace events human`");
  }

  @Test
  void a_workflow_that_begins_in_several_ways_is_told_which() {
    await().until(() -> run("events", "doors").out().contains("--type Ring"));
    Said which = run("start", "doors", "{\"who\": \"Ada\"}");
    assertThat(which.code()).isEqualTo(2);
    assertThat(which.err()).contains("Knock").contains("Ring").contains("--type");
    assertThat(run("events", "doors").out())
        .contains("millrace start doors '{\"who\":\"...\",\"times\":1}' --type Ring");

    Said none = run("start", "doors", "{\"who\": \"Ada\"}", "--type", "Bell");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("Knock").contains("not with Bell");

    String run = started("doors", "{\"who\": \"Ada\", \"times\": 2}", "--type", "Ring");
    assertThat(outcome(run).at("/result/text").asText()).isEqualTo("Ada rang");
  }

  @Test
  void an_event_is_sent_to_a_run_once() {
    String run = started("human", "{\"question\": \"Which number?\"}");
    String prompt = awaitPrompt(run);

    Said wrong = run("send", run, "NumberGiven", "{\"value\": \"many\"}");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("value");
    String[] send = {
      "send", run, "NumberGiven", "{\"value\": 7}", "--event-id", "form-1", "--in-reply-to", prompt
    };
    assertThat(run(send).out()).isEqualToIgnoringNewLines("accepted");

    assertThat(outcome(run).at("/result/value").asInt()).isEqualTo(7);
    Said late = run(send);
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.err()).contains(run);
  }

  @Test
  void a_run_is_cancelled_once_with_its_reason() {
    String run = started("human", "{\"question\": \"Still there?\"}");
    awaitPrompt(run);

    JsonNode cancelled = Json.tree(run("cancel", run, "--reason", "asked twice", "--json").out());
    assertThat(cancelled.get("cancelled").asBoolean()).isTrue();
    assertThat(outcome(run).get("status").asText()).isEqualTo("CANCELLED");
    assertThat(outcome(run).get("reason").asText()).contains("asked twice");
    assertThat(run("cancel", run).out()).contains("had ended before");
    Said unknown = run("cancel", "nobodys-run");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("nobodys-run");
  }

  @Test
  void E5_a_failed_run_is_redriven_and_its_history_has_both_attempts() {
    String run = started("mended", "{\"text\": \"the dishes\"}");
    assertThat(outcome(run).get("status").asText()).isEqualTo("FAILED");

    Mend.MENDED.set(true);
    assertThat(run("redrive", run).out()).contains("redriven: 1 execution, epoch 2");

    assertThat(outcome(run).at("/result/text").asText()).isEqualTo("the dishes");
    assertThat(run("redrive", run).code()).isEqualTo(1);
    assertThat(run("inspect", run, "--history").out())
        .containsSubsequence(
            "STARTED",
            "work  Job, attempt 1: FAILED after ",
            "nothing to do the dishes with",
            "ENDED FAILED",
            "REDRIVEN",
            "COMPLETED after ",
            "emitted Done",
            "ENDED COMPLETED");
    JsonNode history = Json.tree(run("inspect", run, "--history", "--json").out());
    assertThat(history.get("runId").asText()).isEqualTo(run);
    assertThat(history.at("/executions/0/attempts")).hasSize(2);
    Said both = run("inspect", run, "--history", "--outcome");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).startsWith("millrace: --").contains("mutually exclusive");
  }

  @Test
  void what_goes_on_is_counted() {
    String run = started("human", "{\"question\": \"Counted?\"}");
    awaitPrompt(run);

    JsonNode human = lines("activity", "human", "--json").get(0);
    assertThat(human.at("/runs/WAITING").asInt()).isPositive();
    assertThat(run("activity").out()).containsPattern("human +.*WAITING");
    assertThat(run("activity", "nobody").err()).contains("no runs");
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
    JsonNode newer = only("runs", "human", second);
    String between = newer.get("startedAt").asText();
    assertThat(ids(lines("runs", "human", "--started-before", between, "--json")))
        .contains(first)
        .doesNotContain(second);
    assertThat(ids(lines("runs", "human", "--since", between, "--json")))
        .contains(second)
        .doesNotContain(first);
    assertThat(run("runs", "--started-before", "1h").err()).contains("no such run");
    Said wrong = run("runs", "--started-before", "yesterday");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--started-before 'yesterday'").contains("24h");
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

  private JsonNode outcome(String run) {
    Said said = run("inspect", run, "--outcome", "--wait", "30s");
    assertThat(said.code()).as(said.err()).isZero();
    return Json.tree(said.out());
  }

  private JsonNode only(String command, String workflow, String run) {
    return lines(command, workflow, "--json").stream()
        .filter(line -> line.get("runId").asText().equals(run))
        .findFirst()
        .orElseThrow();
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
