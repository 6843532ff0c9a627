package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.CountingStore.scannedBy;
import static io.millrace.coordinator.core.FanOutFixture.fanOut;
import static io.millrace.coordinator.core.FanOutFixture.say;
import static io.millrace.coordinator.core.RunFixture.collect;
import static io.millrace.coordinator.core.RunFixture.completed;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.suspension;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect.SetState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the end of a run leaves of it (R9), and what it costs to find out. */
class LeftoversTest {
  @Test
  void R9_a_run_that_ends_leaves_notes_and_the_timers_of_its_retention_and_nothing_else() {
    RunFixture run = ofEveryKind();
    assertThat(kinds(run)).containsExactlyInAnyOrder(Entry.class.getPermittedSubclasses());

    cancel(run);

    assertNothingIsLeft(run);
    assertThat(run.inspect().notes()).isNotEmpty();
  }

  @Test
  void law_16_a_run_that_failed_keeps_nothing_of_what_was_out() {
    RunFixture run = ofEveryKind();

    RunCore.fail(run.graph(), run.store, new Arrival(99, run.now), RunFixture.BOOM);

    assertThat(kinds(run))
        .doesNotContain(Entry.SentState.class, Entry.StoredChunk.class)
        .contains(Entry.OpenExecution.class, Entry.Waiter.class, Entry.BufferedEvent.class);
    assertThat(timers(run)).isSubsetOf(Ending.PURGE, Ending.EXPIRE_STREAM);
  }

  @Test
  void R9_what_is_known_of_closed_fan_outs_for_the_sake_of_a_buffer_goes_with_it() {
    RunFixture run =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Row"),
            step("row").accepts("Row").fansOut("Work"),
            step("work").accepts("Work").emits("Left"),
            step("pair").joins("Left", "Right"));
    Target row = target(run.complete(target(run.start(), "first"), fanOut("Row", "a")), "row");
    Target work = target(run.complete(row, fanOut("Work", "b")), "work");
    run.complete(work, emit("Left"));
    assertThat(run.running().fanOuts()).isZero();
    assertThat(kinds(run)).contains(Entry.FanOut.class, Entry.BufferedEvent.class);

    cancel(run);

    assertNothingIsLeft(run);
  }

  @Test
  void R9_what_nobody_has_answered_goes_with_a_run_that_only_waited_for_a_human() {
    RunFixture run = new RunFixture(null, step("first").accepts("Begin").emits("Ask"));
    run.complete(target(run.start(), "first"), emit("Ask"));
    assertThat(kinds(run)).containsExactlyInAnyOrder(Entry.OpenPrompt.class, Entry.InLine.class);

    cancel(run);

    assertNothingIsLeft(run);
  }

  @Test
  void R9_the_clock_of_a_verdict_goes_with_a_run_that_did_not_wait_for_it() {
    RunFixture run = new RunFixture(null, step("first").accepts("Begin").emits("Done"));
    run.complete(target(run.start(), "first"));
    assertThat(timers(run)).containsExactly(Grace.GRACE);

    cancel(run);

    assertNothingIsLeft(run);
  }

  @Test
  void R5_the_clock_of_a_run_stops_with_it() {
    RunFixture run = new RunFixture(null, step("first").accepts("Begin").emits("Done"));
    Target first = target(run.apply(run.startInput(Duration.ofMinutes(1), false)), "first");

    run.complete(first, emit("Done"));

    assertNothingIsLeft(run);
  }

  @Test
  void C8_the_end_of_a_small_run_looks_for_nothing_that_it_never_had() {
    RunFixture run = new RunFixture(null, step("first").accepts("Begin").emits("Done"));
    Target first = target(run.start(), "first");

    assertThat(scannedBy(run, completed(first.token(), emit("Done")))).isEmpty();
  }

  @Test
  void C8_the_end_of_a_run_that_works_looks_for_what_work_may_leave() {
    RunFixture run =
        new RunFixture(
            null,
            step("first").accepts("Begin").emits("Done"),
            step("other").accepts("Begin").emits("Done"));
    Target first = target(run.start(), "first");

    assertThat(scannedBy(run, completed(first.token(), emit("Done"))))
        .containsExactlyInAnyOrder(
            Entry.OpenExecution.class,
            Entry.SentState.class,
            Entry.ReservedSets.class,
            Entry.Answers.class,
            Entry.Joined.class,
            Entry.Caught.class,
            Entry.InLine.class,
            Entry.Timer.class);
  }

  /** It has something of everything that a run can have. */
  private static RunFixture ofEveryKind() {
    RunFixture run =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Work"),
            step("work").accepts("Work").emits("Part", "Ask").readsAll().waitsFor("Reply", "Word"),
            step("all").accepts("Part").joinsFanOut(0),
            step("some").accepts("Part").joinsFanOut(1),
            step("rescue").catches(1, "work"));
    StepEffect[] list = fanOut("Work", "a", "b", "c", "d", "e", "f", "g", "h");
    StepEffect state = new SetState("n", new Whole(1));
    StepEffect[] both =
        Stream.concat(Stream.of(state), Arrays.stream(list)).toArray(StepEffect[]::new);
    List<Target> work = targets(run.complete(target(run.start(), "first"), both));
    run.complete(work.get(0), say("Part", "1"));
    run.apply(failure(work.get(1), false));
    run.complete(work.get(2), collect("Work"));
    run.complete(work.get(3), collect("Work", "Missing"));
    run.complete(work.get(4), emit("Ask"));
    run.apply(suspension(work.get(5), null));
    run.apply(run.external(run.event("Reply")));
    run.apply(suspension(work.get(6), run.event("Ask")));
    run.apply(new RunInput.CompletionChunk(work.get(7).token(), "w-1", 0, List.of(), Bytes.EMPTY));
    run.apply(run.external(run.event("Word")));
    run.apply(run.external(run.event("Nobody")));
    Counters.check(run.store);
    return run;
  }

  private static void cancel(RunFixture run) {
    run.apply(new RunInput.CancelRun(run.request(), "enough"));
  }

  private static void assertNothingIsLeft(RunFixture run) {
    assertThat(kinds(run)).isSubsetOf(Entry.Note.class, Entry.Timer.class);
    assertThat(timers(run)).isSubsetOf(Ending.PURGE, Ending.EXPIRE_STREAM);
  }

  private static Set<Class<?>> kinds(RunFixture run) {
    return Arrays.stream(Entry.class.getPermittedSubclasses())
        .filter(kind -> !run.store.scan(kind.asSubclass(Entry.class), null, 1).isEmpty())
        .collect(Collectors.toSet());
  }

  private static List<String> timers(RunFixture run) {
    return run.store.scan(Entry.Timer.class, null, Integer.MAX_VALUE).stream()
        .map(found -> found.key().name())
        .toList();
  }
}
