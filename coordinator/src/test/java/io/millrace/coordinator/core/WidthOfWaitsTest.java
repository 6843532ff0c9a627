package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.CountingStore.touchedBy;
import static io.millrace.coordinator.core.RunFixture.completed;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.StateValue.Whole;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C8, for what waits: it costs those nothing that it is not about, however much of it there is. */
class WidthOfWaitsTest {
  private static final Map<String, String> ANY = Map.of();

  @Test
  void C8_waiters_do_not_cost_each_other() {
    equal(
        width -> {
          RunFixture run = run();
          List<Target> askers = askers(run, width + 3);
          for (int i = 0; i < width; i++) {
            run.apply(wait(askers.get(i), order(i), run.event("Ask")));
          }
          Map<String, Integer> touched = new LinkedHashMap<>();
          Target last = askers.get(width);
          touched.put("suspend", touchedBy(run, wait(last, order(width), run.event("Ask"))));
          touched.put("answer by field", touchedBy(run, answer(run, order(4))));
          touched.put("answer to nobody", touchedBy(run, answer(run, order(width + 1))));
          touched.put("answer without fields", touchedBy(run, answer(run, ANY)));
          String prompt = Ids.promptCause(id(askers.get(5)), "w0");
          touched.put("answer to a prompt", touchedBy(run, answer(run, order(5), prompt)));
          touched.put("no time left", touchedBy(run, run.firing(Waiting.WAIT + id(askers.get(6)))));
          touched.put("complete", touchedBy(run, completed(askers.get(width + 1).token())));
          touched.put("resumed", touchedBy(run, completed(now(run, askers.get(5)))));
          return touched;
        });
  }

  @Test
  void C8_unanswered_prompts_do_not_cost_each_other() {
    equal(
        width -> {
          RunFixture run = run();
          List<Target> askers = askers(run, width + 2);
          for (Target asker : askers.subList(0, width)) {
            run.complete(asker, emit("Ask"));
          }
          Map<String, Integer> touched = new LinkedHashMap<>();
          touched.put("ask", touchedBy(run, completed(askers.get(width).token(), emit("Ask"))));
          touched.put("answer", touchedBy(run, answer(run, ANY)));
          List<Answer.PromptInfo> prompts = run.inspect().prompts();
          String named = prompts.get(prompts.size() / 2).eventId();
          touched.put("answer to one", touchedBy(run, answer(run, ANY, named)));
          touched.put("answer again", touchedBy(run, answer(run, ANY, named)));
          return touched;
        });
  }

  @Test
  void C8_prompts_of_waiters_do_not_stand_before_others() {
    equal(
        width -> {
          RunFixture run = run();
          List<Target> askers = askers(run, width + 1);
          for (Target asker : askers.subList(0, width)) {
            run.apply(wait(asker, order(-1), run.event("Ask")));
          }
          run.complete(askers.get(width), emit("Ask"));
          return Map.of("answer", touchedBy(run, answer(run, ANY)));
        });
  }

  @Test
  void C8_early_events_do_not_cost_each_other() {
    equal(
        width -> {
          RunFixture run = run();
          List<Target> askers = askers(run, 3);
          for (int i = 0; i < width; i++) {
            run.apply(answer(run, order(i)));
          }
          Map<String, Integer> touched = new LinkedHashMap<>();
          touched.put("early", touchedBy(run, answer(run, order(width))));
          touched.put("complete", touchedBy(run, completed(askers.get(0).token())));
          touched.put("suspend", touchedBy(run, wait(askers.get(1), ANY, null)));
          return touched;
        });
  }

  @Test
  void C8_waiters_that_an_early_event_is_not_for_do_not_cost_each_other() {
    equal(
        width -> {
          RunFixture run = run();
          run.deploy(step("other").accepts("Other").waitsFor("Reply"));
          List<Target> askers = askers(run, width + 2);
          run.apply(new RunInput.ExternalEvent(run.request(), run.event("Reply"), "other"));
          run.apply(answer(run, Map.of("order", "-1", "shop", "\"mill\"")));
          for (int i = 0; i < width; i++) {
            run.apply(wait(askers.get(i), Map.of("order", "-1", "shop", "\"" + i + "\""), null));
          }
          Map<String, String> another = Map.of("order", "-1", "shop", "\"none\"");
          Map<String, Integer> touched = new LinkedHashMap<>();
          touched.put("suspend", touchedBy(run, wait(askers.get(width), another, null)));
          return touched;
        });
  }

  @Test
  void C8_parked_events_do_not_cost_each_other() {
    equal(
        width -> {
          RunFixture run = run();
          List<Target> askers = askers(run, 3);
          for (int i = 0; i < width; i++) {
            run.apply(run.external(run.event("Nobody")));
          }
          Map<String, Integer> touched = new LinkedHashMap<>();
          touched.put("park", touchedBy(run, run.external(run.event("Nobody"))));
          touched.put("complete", touchedBy(run, completed(askers.get(0).token(), emit("Work"))));
          touched.put("suspend", touchedBy(run, wait(askers.get(1), ANY, null)));
          touched.put("answer", touchedBy(run, answer(run, ANY)));
          return touched;
        });
  }

  @Test
  void C8_losers_of_updates_do_not_cost_each_other() {
    equal(
        width -> {
          RunFixture run = run();
          List<Target> askers = askers(run, width + 4);
          run.apply(update(askers.get(0).token(), 0));
          askers.subList(1, width + 2).forEach(loser -> run.apply(update(loser.token(), 0)));
          Map<String, Integer> touched = new LinkedHashMap<>();
          touched.put("lose", touchedBy(run, update(askers.get(width + 2).token(), 0)));
          touched.put("win", touchedBy(run, update(now(run, askers.get(1)), version(run))));
          touched.put("fail", touchedBy(run, failure(now(run, askers.get(2)))));
          touched.put(
              "overtake", touchedBy(run, update(askers.get(width + 3).token(), version(run))));
          touched.put("lose as head", touchedBy(run, update(now(run, askers.get(3)), 0)));
          return touched;
        });
  }

  @Test
  void C8_fan_outs_within_a_fan_out_do_not_cost_each_other() {
    equal(
        width -> {
          RunFixture run =
              new RunFixture(
                  null,
                  step("first").accepts("Begin").fansOut("Row"),
                  step("row").accepts("Row").fansOut("Work").maxOpenPerRun(20_000),
                  step("work").accepts("Work").emits("Part").maxOpenPerRun(20_000),
                  step("join").accepts("Part").emits("Sum").joinsFanOut(0).maxOpenPerRun(20_000),
                  step("all").accepts("Sum").joinsFanOut(0));
          String[] rows = new String[width];
          Arrays.fill(rows, "x");
          Target first = target(run.start(), "first");
          List<Target> row = targets(run.complete(first, FanOutFixture.fanOut("Row", rows)));
          StepEffect[] one = FanOutFixture.fanOut("Work", "x");
          for (Target done : row.subList(4, width)) {
            run.complete(target(run.complete(done, one), "work"), emit("Part"));
          }
          Map<String, Integer> touched = new LinkedHashMap<>();
          touched.put("open", touchedBy(run, completed(row.get(0).token(), one)));
          Target member = target(run.complete(row.get(1), one), "work");
          touched.put("close", touchedBy(run, completed(member.token(), emit("Part"))));
          member = target(run.complete(row.get(2), one), "work");
          Target join = target(run.complete(member, emit("Part")), "join");
          touched.put("sum", touchedBy(run, completed(join.token(), emit("Sum"))));
          return touched;
        });
  }

  @Test
  void C8_an_inspection_tells_of_so_many_and_reads_no_more() {
    int narrow = inspection(1_100);

    assertThat(inspection(2_200)).isEqualTo(narrow);
  }

  private static int inspection(int width) {
    RunFixture run =
        new RunFixture(
            null,
            step("first").accepts("Begin"),
            step("fan").accepts("Work").fansOut("Part").waitsFor("Reply").maxOpenPerRun(20_000),
            step("part").accepts("Part").emits("Sum").maxOpenPerRun(20_000),
            step("join").accepts("Sum").joinsFanOut(0));
    StepEffect[] work = new StepEffect[3 * width];
    Arrays.fill(work, emit("Work"));
    List<Target> fans = targets(run.complete(target(run.start(), "first"), work));
    StepEffect[] two = FanOutFixture.fanOut("Part", "x", "y");
    for (int i = 0; i < width; i++) {
      List<Target> parts = targets(run.complete(fans.get(i), two));
      run.complete(parts.get(0), emit("Sum"));
      run.apply(wait(fans.get(width + i), order(i), run.event("Ask")));
      String key = Integer.toString(i);
      List<StepEffect.TypeRun> types = RunFixture.runs("Work", "Missing");
      run.complete(fans.get(2 * width + i), new StepEffect.Collect("default", types, key, false));
    }
    return touchedBy(run, new RunInput.InspectRun(run.request()));
  }

  private static void equal(IntFunction<Map<String, Integer>> touched) {
    Map<String, Integer> narrow = touched.apply(10);
    assertThat(touched.apply(1_000)).isEqualTo(narrow);
    assertThat(touched.apply(10_000)).isEqualTo(narrow);
  }

  private static RunFixture run() {
    Limits d = Limits.ofDefaults();
    return new RunFixture(
            null,
            step("first").accepts("Begin"),
            step("asker")
                .accepts("Work")
                .emits("Ask")
                .waitsFor("Reply")
                .retries(3, Duration.ofSeconds(1))
                .maxOpenPerRun(20_000))
        .limits(
            new Limits(
                d.grace(),
                d.runRetention(),
                d.streamRetention(),
                d.maxEventBytes(),
                d.maxStateBytes(),
                d.maxOpenExecutions(),
                d.maxEffects(),
                d.maxSetSize(),
                d.maxStreamEvents(),
                20_000));
  }

  private static List<Target> askers(RunFixture run, int count) {
    StepEffect[] work = new StepEffect[count];
    Arrays.fill(work, emit("Work"));
    return targets(run.complete(target(run.start(), "first"), work));
  }

  private static Map<String, String> order(int number) {
    return Map.of("order", Integer.toString(number), "shop", "\"mill\"");
  }

  private static RunInput wait(
      Target target, Map<String, String> requirements, @Nullable Event prompt) {
    Duration hour = Duration.ofHours(1);
    return new RunInput.StepSuspended(
        target.token(), "w", "w-1", "w0", "Reply", requirements, hour, prompt, 0);
  }

  private static RunInput answer(RunFixture run, Map<String, String> fields) {
    return answer(run, fields, null);
  }

  private static RunInput answer(
      RunFixture run, Map<String, String> fields, @Nullable String inReplyTo) {
    Event e = run.event("Reply");
    return run.external(new Event(e.id(), e.type(), e.kind(), e.value(), inReplyTo, fields));
  }

  private static RunInput update(Token token, long version) {
    return completed(token, new StepEffect.UpdateState("n", version, new Whole(1)));
  }

  private static RunInput failure(Token token) {
    return new RunInput.StepFailed(
        token, "w", "w-1", RunInput.FailureKind.EXCEPTION, RunFixture.BOOM, true, 0);
  }

  private static long version(RunFixture run) {
    return RunFixture.there(run.store.get(Keys.cell("n"))).value().version();
  }

  private static Token now(RunFixture run, Target target) {
    return run.execution(target).token();
  }

  private static String id(Target target) {
    return target.token().executionId();
  }
}
