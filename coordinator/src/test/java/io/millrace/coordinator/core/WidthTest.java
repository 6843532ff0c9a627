package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.CountingStore.touchedBy;
import static io.millrace.coordinator.core.RunFixture.collect;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** C8: what an input costs does not depend on how wide its run is. */
class WidthTest {
  @Test
  void C8_an_input_touches_as_many_entries_in_a_wide_run_as_in_a_narrow_one() {
    Map<String, Integer> narrow = touched(10);

    assertThat(touched(1_000)).isEqualTo(narrow);
    assertThat(touched(10_000)).isEqualTo(narrow);
  }

  @Test
  void C8_a_branch_of_a_wide_fan_out_touches_as_many_entries_as_one_of_a_narrow_one() {
    Map<String, Integer> narrow = branchTouches(10);

    assertThat(branchTouches(1_000)).isEqualTo(narrow);
    assertThat(branchTouches(10_000)).isEqualTo(narrow);
  }

  private static Map<String, Integer> branchTouches(int width) {
    RunFixture run =
        new RunFixture(
            null,
            StepBuilder.step("first").accepts("Begin").fansOut("Work"),
            StepBuilder.step("work").accepts("Work").emits("Part", "Left").maxOpenPerRun(20_000),
            StepBuilder.step("join").accepts("Part").joinsFanOut(0),
            StepBuilder.step("some").accepts("Part").joinsFanOut(2),
            StepBuilder.step("pair").joins("Left", "Right"));
    String[] texts = new String[width];
    Arrays.fill(texts, "x");
    List<Target> work =
        targets(run.complete(target(run.start(), "first"), FanOutFixture.fanOut("Work", texts)));
    for (Target done : work.subList(5, width)) {
      run.complete(done, emit("Part"), emit("Left"));
    }
    Map<String, Integer> touched = new LinkedHashMap<>();
    touched.put("arrive", touchedBy(run, RunFixture.completed(work.get(0).token(), emit("Part"))));
    touched.put("part", touchedBy(run, RunFixture.completed(work.get(1).token(), emit("Left"))));
    touched.put("set", touchedBy(run, RunFixture.completed(work.get(2).token(), emit("Right"))));
    touched.put("null", touchedBy(run, RunFixture.completed(work.get(3).token())));
    return touched;
  }

  private static Map<String, Integer> touched(int width) {
    RunFixture run =
        new RunFixture(
            null,
            StepBuilder.step("first").accepts("Begin"),
            StepBuilder.step("work")
                .accepts("Work")
                .emits("Part", "Out")
                .maxOpenPerRun(5)
                .retries(3, Duration.ofSeconds(1)),
            StepBuilder.step("join").accepts("Part").maxOpenPerRun(20_000),
            StepBuilder.step("out").accepts("Out", "Reply"));
    StepEffect[] wide = new StepEffect[2 * width];
    Arrays.fill(wide, 0, width, emit("Work"));
    Arrays.fill(wide, width, 2 * width, emit("Part"));
    List<Target> all = targets(run.complete(target(run.start(), "first"), wide));
    List<Target> work = all.stream().filter(t -> t.step().equals("work")).toList();
    List<Target> parts = all.stream().filter(t -> t.step().equals("join")).toList();
    for (Target part : parts.subList(1, width)) {
      run.complete(part, collect("Part", "Missing"));
    }
    Map<String, Integer> touched = new LinkedHashMap<>();
    Entry.OpenExecution first = run.execution(work.get(0));
    touched.put("adopt", touchedBy(run, RunFixture.adoption(work.get(0), "w")));
    touched.put("complete", touchedBy(run, RunFixture.completed(work.get(0).token(), emit("Out"))));
    touched.put("stale", touchedBy(run, RunFixture.completed(first.token())));
    touched.put(
        "collect",
        touchedBy(run, RunFixture.completed(parts.get(0).token(), collect("Part", "Missing"))));
    touched.put("fail", touchedBy(run, RunFixture.failure(work.get(1), true)));
    touched.put(
        "retry", touchedBy(run, run.firing(Failures.RETRY + work.get(1).token().executionId())));
    touched.put("lost", touchedBy(run, run.lost(work.get(2), null)));
    RunInput.ExternalEvent external = run.external(run.event("Reply"));
    touched.put("external", touchedBy(run, external));
    touched.put("external again", touchedBy(run, external));
    Target out = work.get(3);
    touched.put("dispatch failed", touchedBy(run, run.dispatchFailed(out)));
    touched.put(
        "chunk",
        touchedBy(
            run,
            new RunInput.CompletionChunk(
                work.get(4).token(), "w-1", 0, List.of(emit("Out")), Bytes.EMPTY)));
    touched.put("start again", touchedBy(run, run.startInput()));
    touched.put("redrive", touchedBy(run, new RunInput.RedriveRun(run.request(), null)));
    return touched;
  }
}
