package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.topology.RunHeads;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunOutcome;
import io.millrace.step.StateValues;
import io.millrace.system.tally.Count;
import io.millrace.system.tally.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever an audit is there to find it finds, in records that were made up. */
class AuditorTest {
  private static final String OUTCOMES = "millrace.outcomes";
  private static final String STORE = RunHeads.changelog(new Namespace("millrace"));
  private static final String DEAD_LETTERS = "millrace.dead-letters";

  private final Run first = new Run("load-1-1", new Count(2, 1, true));
  private final Run second = new Run("load-1-2", new Count(2, 2, false));
  private final List<Run> runs = List.of(first, second);

  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
  private final Set<String> topics = new TreeSet<>(Set.of(OUTCOMES));
  private final Map<String, Long> lags = new TreeMap<>();
  private int refusals;
  private final Set<String> litter = new HashSet<>();
  private final Auditor auditor =
      new Auditor(Found::new, Made.CODEC, Duration.ofMillis(500), litter);

  /** All is well. */
  @BeforeEach
  void make_up_two_runs_without_faults() {
    records.put(DEAD_LETTERS, new ArrayList<>());
    record(STORE, new byte[] {0}, new byte[] {1});
    for (Run run : runs) {
      record(OUTCOMES, run.id().getBytes(StandardCharsets.UTF_8), Made.bytes(Made.outcome(run)));
      record(STORE, Made.key(run.id(), 'e', "weigh-1"), new byte[] {1});
      record(STORE, Made.key(run.id(), 'e', "weigh-1"), null);
      record(STORE, Made.key(run.id(), 'A', ""), Made.finishedHead(run));
      record(STORE, Made.key(run.id(), 'n', ""), new byte[] {1});
      record(STORE, Made.key(run.id(), 't', "purge"), new byte[] {1});
      record(STORE, Made.dueKey(run.id(), "purge"), new byte[] {1});
      record(STORE, Made.dueKey(run.id(), "expire-stream"), new byte[] {1});
    }
  }

  @Test
  void runs_without_faults_pass() {
    assertThatCode(() -> auditor.audit(runs)).doesNotThrowAnyException();
  }

  @Test
  void a_run_without_an_outcome_is_found() {
    all(OUTCOMES).remove(0);

    finds("load-1-1 has the outcomes [], not one");
  }

  @Test
  void an_outcome_of_another_workflow_is_found() {
    outcome(outcome -> outcome.setWorkflow(Load.SHARED.name()));
    Run shared = new Run(Load.SHARED, "load-2-1", first.count());

    assertThatThrownBy(() -> auditor.audit(List.of(first), List.of(first, shared)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("load-1-1: workflow is tally-shared, not tally");
  }

  @Test
  void a_run_of_any_workflow_is_looked_for() {
    OtherRun absent = new OtherRun("rag", "question-1", OutcomeStatus.COMPLETED);
    topics.add("millrace.rag.stream.question-1");

    assertThatThrownBy(() -> auditor.auditOthers(List.of(absent)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "question-1 has the outcomes [], not COMPLETED",
            "the store has no head of question-1",
            "stream millrace.rag.stream.question-1 is left");
  }

  @Test
  void a_run_of_any_workflow_that_ended_otherwise_is_found() {
    OtherRun cancelled = new OtherRun("tally", first.id(), OutcomeStatus.CANCELLED);
    OtherRun completed = new OtherRun("tally", second.id(), OutcomeStatus.COMPLETED);

    assertThatCode(() -> auditor.auditOthers(List.of(completed))).doesNotThrowAnyException();
    assertThatThrownBy(() -> auditor.auditOthers(List.of(cancelled, completed)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("load-1-1 has the outcomes [COMPLETED], not CANCELLED");
  }

  @Test
  void a_second_outcome_is_found() {
    record(OUTCOMES, new byte[0], Made.bytes(Made.outcome(first)));

    finds("load-1-1 has the outcomes", "not one");
  }

  @Test
  void an_outcome_of_a_run_that_was_never_started_is_found() {
    record(OUTCOMES, new byte[0], Made.bytes(Made.outcome(new Run("load-1-3", first.count()))));

    finds("load-1-3 was never started, and has an outcome");
  }

  @Test
  void a_run_that_did_not_complete_is_found() {
    outcome(outcome -> outcome.setStatus(OutcomeStatus.STALLED));

    finds("load-1-1 is", "STALLED");
  }

  @Test
  void another_result_is_found() {
    outcome(outcome -> outcome.setResult(Made.result(new Tally(1, List.of(0, 1), first.id()))));

    finds("load-1-1: result is Tally[kilos=1");
  }

  @Test
  void an_effect_that_is_there_twice_or_missing_is_found() {
    for (String count : List.of("unloaded", "weighed", "kilos", "gathered", "sealed")) {
      outcome(outcome -> outcome.getState().put(count, StateValues.encode(count, 99L)));
    }
    for (String list : List.of("scales", "numbers")) {
      outcome(outcome -> outcome.getState().remove(list));
    }

    finds(
        "load-1-1: unloaded is 99, not 1",
        "load-1-1: weighed is 99, not 2",
        "load-1-1: kilos is 99, not",
        "load-1-1: gathered is 99, not 1",
        "load-1-1: sealed is 99, not 1",
        "load-1-1: scales is 0, not 2",
        "load-1-1: numbers is [], not [0, 1]");
  }

  @Test
  void an_element_that_was_appended_twice_is_found() {
    outcome(
        outcome ->
            outcome.getState().put("numbers", StateValues.encode("numbers", List.of(0, 1, 1))));

    finds("load-1-1: numbers is [0, 1, 1], not [0, 1]");
  }

  @Test
  void an_entry_that_an_ended_run_has_left_is_found() {
    record(STORE, Made.key(first.id(), 'e', "weigh-2"), new byte[] {1});

    finds("load-1-1 has ended and left entries [e weigh-2]");
  }

  @Test
  void a_timer_that_an_ended_run_has_left_is_found_in_both_orders() {
    record(STORE, Made.key(first.id(), 't', "retry"), new byte[] {1});
    record(STORE, Made.dueKey(second.id(), "grace"), new byte[] {1});

    finds(
        "load-1-1 has ended and left entries [t retry]",
        "load-1-2 has ended and left entries [t grace]");
  }

  @Test
  void a_run_that_the_store_does_not_know_is_found() {
    record(STORE, Made.key(first.id(), 'A', ""), null);

    finds("the store has no head of load-1-1");
  }

  @Test
  void an_empty_store_is_not_taken_for_a_tidy_one() {
    records.put(STORE, new ArrayList<>());

    finds("the store has no head of load-1-1", "the store has no head of load-1-2");
  }

  @Test
  void a_dead_letter_is_found() {
    record(DEAD_LETTERS, first.id().getBytes(StandardCharsets.UTF_8), new byte[0]);

    finds("a dead letter of load-1-1, 0-0");
  }

  @Test
  void a_dead_letter_of_no_run_is_found() {
    record(DEAD_LETTERS, null, new byte[0]);

    finds("a dead letter of nobody, 0-0");
  }

  @Test
  void what_was_put_there_is_not_and_neither_is_its_dead_letter() {
    record(OUTCOMES, new byte[0], new byte[] {1, 2});
    record(DEAD_LETTERS, null, new byte[] {1, 2});
    record(DEAD_LETTERS, null, new byte[] {3, 4});
    all(DEAD_LETTERS)
        .get(1)
        .headers()
        .add(Headers.ORIGIN, "millrace.runs-3@14".getBytes(StandardCharsets.UTF_8));
    litter.addAll(Set.of(OUTCOMES + "-0@2", DEAD_LETTERS + "-0@0", "millrace.runs-3@14"));

    assertThatCode(() -> auditor.audit(runs)).doesNotThrowAnyException();
  }

  @Test
  void a_dead_letter_of_something_else_is_found_beside_those() {
    record(DEAD_LETTERS, null, new byte[] {3, 4});
    all(DEAD_LETTERS)
        .get(0)
        .headers()
        .add(Headers.ORIGIN, "millrace.runs-3@15".getBytes(StandardCharsets.UTF_8));
    litter.add("millrace.runs-3@14");

    finds("a dead letter of nobody, 0-0");
  }

  @Test
  void groups_of_all_workflows_that_were_loaded_must_have_read_theirs() {
    Run shared = new Run(Load.SHARED, "load-2-1", first.count());

    assertThat(Auditor.groups(List.of(first, shared)))
        .hasSize(8)
        .containsEntry("millrace.tally.weigh", Set.of("millrace.tally.Sack"))
        .containsEntry("millrace.tally-shared.weigh", Set.of("millrace.tally-shared.Sack"));
  }

  @Test
  void a_group_that_has_not_read_its_dispatches_is_found() {
    lags.put("millrace.tally.weigh", 3L);

    finds("dispatches wait for group millrace.tally.weigh");
  }

  @Test
  void a_stream_that_is_left_is_found() {
    topics.add("millrace.tally.stream.load-1-1");

    finds("stream millrace.tally.stream.load-1-1 is left");
  }

  @Test
  void what_is_reported_is_not_reported_again() {
    topics.add("millrace.tally.stream.load-1-1");
    lags.put("millrace.tally.weigh", 3L);
    record(DEAD_LETTERS, first.id().getBytes(StandardCharsets.UTF_8), new byte[0]);
    finds("3 problems after 2 runs");
    lags.put("millrace.tally.weigh", 4L);

    assertThatCode(() -> auditor.audit(runs)).doesNotThrowAnyException();
  }

  @Test
  void streams_of_runs_that_are_not_audited_are_none_of_its_business() {
    topics.add("millrace.tally.stream.load-0-1");
    topics.add("millrace.rag.stream.x");

    assertThatCode(() -> auditor.audit(runs)).doesNotThrowAnyException();
  }

  @Test
  void the_last_audit_looks_at_streams_of_other_workflows_but_not_of_loads_that_failed() {
    Run failed = new Run("load-0-1", new Count(2, 3, true));
    topics.add("millrace.tally.stream.load-0-1");
    topics.add("millrace.rag.stream.x");

    assertThatThrownBy(() -> auditor.auditAll(runs, List.of(first, second, failed)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("stream millrace.rag.stream.x is left")
        .hasMessageNotContaining("load-0-1");
  }

  @Test
  void a_broker_that_is_just_back_is_asked_again() {
    refusals = 1;

    assertThatCode(() -> auditor.audit(runs)).doesNotThrowAnyException();
  }

  private void finds(String... problems) {
    assertThatThrownBy(() -> auditor.audit(runs))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(problems);
  }

  /** Changes what the first run ended with. */
  private void outcome(Consumer<RunOutcome.Builder> change) {
    ConsumerRecord<byte[], byte[]> old = all(OUTCOMES).remove(0);
    RunOutcome.Builder outcome = RunOutcome.newBuilder(Made.outcome(old.value()));
    change.accept(outcome);
    all(OUTCOMES)
        .add(0, new ConsumerRecord<>(OUTCOMES, 0, 0, old.key(), Made.bytes(outcome.build())));
  }

  private void record(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    all(topic).add(new ConsumerRecord<>(topic, 0, all(topic).size(), key, value));
  }

  private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    return records.computeIfAbsent(topic, name -> new ArrayList<>());
  }

  private final class Found implements Evidence {
    @Override
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
      List<ConsumerRecord<byte[], byte[]>> all = records.get(topic);
      if (all == null) {
        throw new AssertionError("topic " + topic + " was to be read and is not there");
      }
      return all;
    }

    @Override
    public Set<String> topics() throws ExecutionException {
      if (refusals-- > 0) {
        throw new ExecutionException(new NotLeaderOrFollowerException("it has just come back"));
      }
      return topics;
    }

    @Override
    public Map<String, Long> lags(String prefix, Map<String, Set<String>> required) {
      return lags;
    }

    @Override
    public void close() {}
  }
}
