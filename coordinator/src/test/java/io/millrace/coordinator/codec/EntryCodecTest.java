package io.millrace.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.Lineage;
import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.StateValue;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.VersionedValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final Event EVENT =
      new Event(
          "e",
          "Ask",
          EventKind.EVENT,
          Bytes.wrap(new byte[] {0, 1, 2}),
          "prompt",
          Map.of("user", "1"));
  private static final Lineage LINEAGE = new Lineage("f", "a1", 2);
  private static final VersionedValue VALUE =
      new VersionedValue(new StateValue.Many(List.of(Bytes.EMPTY)), 7);

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry.OpenExecution(
              "x",
              "s",
              EVENT,
              Entry.Phase.RUNNING,
              2,
              1,
              -5,
              "w",
              1,
              2,
              3,
              4,
              AT,
              AT,
              new ErrorInfo("t", "m", "stack"),
              LINEAGE,
              Entry.Input.JOINED),
          new Entry.Joined(List.of(EVENT)),
          new Entry.Caught(
              new RunEffect.CaughtFailure(
                  "s", EVENT, new ErrorInfo("t", "m", ""), 3, Duration.ofSeconds(1))),
          new Entry.FanOut("s", LINEAGE, 2, 1, true, Map.of("join", 1), List.of("other")),
          new Entry.Arrived(EVENT, LINEAGE),
          new Entry.EarlyEvent(EVENT, "cause", "s", LINEAGE, AT),
          new Entry.ResolvedType(AT),
          new Entry.SentState(Map.of("k", VALUE)),
          new Entry.ReservedSets(List.of(new RunEffect.CollectedSet("b", List.of(EVENT)))),
          new Entry.BufferHead("s", "b", Map.of("A", 2), Map.of("A", 1, "B", 0), 9),
          new Entry.BufferedEvent(EVENT, "x", LINEAGE),
          new Entry.StateCell(VALUE),
          new Entry.Timer(AT, 3),
          new Entry.ParkedEvent(EVENT, "cause", null, LINEAGE, AT),
          new Entry.StoredChunk(
              "try", 1, List.of(new StepEffect.RemoveState("k")), Bytes.wrap(new byte[] {9})),
          new Entry.SeenEvent(AT),
          new Entry.OpenPrompt("Ask", "s", 4, LINEAGE, AT),
          new Entry.Waiter(
              "id", "s", "Ask", Map.of("user", "1"), Duration.ofMinutes(1), "prompt", 5, AT),
          new Entry.Answers(
              List.of(new RunEffect.WaitAnswer("w", null), new RunEffect.WaitAnswer("v", EVENT))),
          new Entry.InLine("x"),
          new Entry.Note(AT, "text"));

  @Test
  void every_kind_of_entry_comes_back_as_it_was() {
    assertThat(ENTRIES).allSatisfy(entry -> assertThat(roundTrip(entry)).isEqualTo(entry));
  }

  @Test
  void no_kind_is_left_out_and_no_two_share_a_tag() {
    List<Class<?>> kinds = Arrays.asList(Entry.class.getPermittedSubclasses());

    assertThat(ENTRIES).extracting(Object::getClass).hasSameElementsAs(kinds);
    assertThat(ENTRIES.stream().map(e -> EntryCodec.of(e.getClass()).tag()))
        .doesNotHaveDuplicates()
        .doesNotContain((byte) 'A');
  }

  @Test
  void the_heads_of_both_stored_states_come_back_as_they_were() {
    Entry.RunSettings settings =
        new Entry.RunSettings(
            "w", "life", "digest", AT, Duration.ofMinutes(1), true, true, List.of("k"));
    RunState.Running running =
        new RunState.Running(
            settings,
            2,
            true,
            List.of(new Request("r", 3)),
            9,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            "x",
            10,
            11,
            Map.of("s", new RunState.Load(1, 2)),
            8,
            true,
            99,
            Duration.ofSeconds(1),
            AT,
            null,
            AT);
    RunState finished = new RunState.Finished(settings, outcome(), 10, AT, running);

    assertThat(List.of(running, finished))
        .allSatisfy(
            state -> assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state));
  }

  static Outcome outcome() {
    return new Outcome(
        "run",
        "w",
        1,
        Outcome.Status.FAILED,
        EVENT,
        new Outcome.Failure("s", "x", new ErrorInfo("t", "m", ""), 3),
        "reason",
        List.of("s"),
        List.of(new Outcome.BufferDiagnosis("s", "b", Map.of("A", 1), Map.of("B", 1))),
        AT,
        AT,
        true,
        Map.of("k", new StateValue.Whole(3)));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Entry> E roundTrip(E entry) {
    EntryCodec<E> codec = EntryCodec.of((Class<E>) entry.getClass());
    return codec.decode(codec.encode(entry));
  }

  @Test
  void kinds_are_listed_once() {
    assertThat(ENTRIES.stream().map(Object::getClass).collect(Collectors.toSet()))
        .hasSameSizeAs(ENTRIES);
  }
}
