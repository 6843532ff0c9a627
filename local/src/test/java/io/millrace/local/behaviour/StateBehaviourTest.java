package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Until.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.RunHandle;
import io.millrace.RunState;
import io.millrace.StartEvent;
import io.millrace.StateTypeException;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.step.StepDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@MillraceTest
class StateBehaviourTest {
  record Begin(int count) implements StartEvent {}

  record Part(int number) implements Event {}

  record Next(int number) implements Event {}

  record Counted(int number) implements Event {}

  record Address(String street, int house) {}

  record Finish() implements HumanResponseEvent {}

  record Done(List<String> found) implements StopEvent {}

  private static Workflow<Begin, Done> workflow(String name) {
    return Workflow.of(name, Begin.class, Done.class);
  }

  private static StepDefinition split() {
    return StepDefinition.named("split")
        .emits(Part.class)
        .handler(
            Begin.class,
            (start, context) ->
                IntStream.rangeClosed(1, start.count()).mapToObj(Part::new).toList());
  }

  /** Once so many have counted, ends the run with what the state is then. */
  private static StepDefinition sum(int parts) {
    List<Class<?>> all = Collections.nCopies(parts, Counted.class);
    return StepDefinition.named("sum")
        .emits(Done.class)
        .handler(
            Counted.class,
            (counted, context) ->
                context
                    .collectEvents(counted, all)
                    .map(
                        set -> {
                          RunState state = context.state();
                          List<String> found = new ArrayList<>();
                          found.add("count " + state.get("count", Long.class).orElse(0L));
                          found.add("half " + state.get("half", Double.class).orElse(0.0));
                          state
                              .list("numbers", Integer.class)
                              .forEach(number -> found.add("number " + number));
                          return new Done(found);
                        }));
  }

  @Test
  void T1_an_attempt_reads_its_own_writes_typed_and_a_missing_key_is_empty(LocalMillrace millrace) {
    // given
    StepDefinition write =
        StepDefinition.named("write")
            .emits(Next.class)
            .handler(
                Begin.class,
                (start, context) -> {
                  RunState state = context.state();
                  List<String> found = new ArrayList<>();
                  found.add("missing " + state.get("address", Address.class).isPresent());
                  state.set("address", new Address("Mill Lane", 3));
                  state.increment("count", 2);
                  state.append("list", "a");
                  state.set("gone", true);
                  state.remove("gone");
                  found.add("own " + state.get("address", Address.class).orElseThrow().house());
                  found.add("own " + state.get("count", Integer.class).orElseThrow());
                  found.add("own " + state.list("list", String.class));
                  found.add("removed " + state.get("gone", Boolean.class).isEmpty());
                  state.set("found", found);
                  return new Next(1);
                });
    StepDefinition read =
        StepDefinition.named("read")
            .emits(Done.class)
            .handler(
                Next.class,
                (next, context) -> {
                  RunState state = context.state();
                  List<String> found = new ArrayList<>(state.list("found", String.class));
                  found.add("then " + state.get("address", Address.class).orElseThrow());
                  found.add("then " + state.get("count", Long.class).orElseThrow());
                  found.add("then " + state.list("list", String.class));
                  found.add("then gone " + state.get("gone", Boolean.class).isEmpty());
                  try {
                    state.get("address", Integer.class);
                  } catch (StateTypeException e) {
                    found.add("typed");
                  }
                  return new Done(found);
                });
    millrace.worker("typed", write, read);

    // when
    Done done = millrace.client().start(workflow("typed"), new Begin(0)).result(PATIENCE);

    // then
    assertThat(done.found())
        .containsExactly(
            "missing false",
            "own 3",
            "own 2",
            "own [a]",
            "removed true",
            "then Address[street=Mill Lane, house=3]",
            "then 2",
            "then [a]",
            "then gone true",
            "typed");
  }

  @Test
  void T1_an_attempt_reads_the_state_as_of_its_dispatch(LocalMillrace millrace) throws Exception {
    // given: one attempt reads before and after another has written and completed
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    StepDefinition read =
        StepDefinition.named("read")
            .emits(Done.class)
            .handler(
                Part.class,
                (part, context) -> {
                  String before = context.state().get("key", String.class).orElse("nothing");
                  reading.countDown();
                  Until.open(written);
                  String after = context.state().get("key", String.class).orElse("nothing");
                  return new Done(List.of(before, after));
                });
    StepDefinition write =
        StepDefinition.named("write")
            .handler(
                Finish.class,
                (answer, context) -> {
                  context.state().set("key", "written");
                  return null;
                });
    millrace.worker("snapshot", split(), read, write);

    // when
    RunHandle<Done> run = millrace.client().start(workflow("snapshot"), new Begin(1));
    Until.open(reading);
    run.sendEvent(new Finish());
    Until.holds("the write", () -> run.inspect().stateKeys().contains("key"));
    written.countDown();

    // then
    assertThat(run.result(PATIENCE).found()).containsExactly("nothing", "nothing");
  }

  @Test
  void T2_a_hundred_concurrent_increments_and_appends_lose_nothing(LocalMillrace millrace) {
    // given: ten at a time, all of whom have begun before the first of them ends
    int parts = 100;
    CyclicBarrier together = new CyclicBarrier(10);
    StepDefinition count =
        StepDefinition.named("count")
            .emits(Counted.class)
            .concurrency(10)
            .handler(
                Part.class,
                (part, context) -> {
                  context.state().increment("count", 1);
                  context.state().increment("half", 0.5);
                  context.state().append("numbers", part.number());
                  together.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                  return new Counted(part.number());
                });
    millrace.worker("counts", split(), count, sum(parts));

    // when
    Done done = millrace.client().start(workflow("counts"), new Begin(parts)).result(PATIENCE);

    // then
    assertThat(done.found().subList(0, 2)).containsExactly("count 100", "half 50.0");
    assertThat(done.found().subList(2, done.found().size()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, parts).mapToObj(number -> "number " + number).toList());
  }

  @Test
  void T2_of_two_that_set_or_remove_a_key_the_one_that_completes_last_wins(LocalMillrace millrace)
      throws Exception {
    // given: the first to begin completes last
    CountDownLatch firstRead = new CountDownLatch(1);
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    StepDefinition write =
        StepDefinition.named("write")
            .emits(Next.class)
            .handler(
                Part.class,
                (part, context) -> {
                  RunState state = context.state();
                  if (part.number() == 1) {
                    state.set("set", "by the first");
                    state.remove("removed");
                    firstRead.countDown();
                    Until.open(firstMayEnd);
                  } else {
                    Until.open(firstRead);
                    state.set("set", "by the second");
                    state.set("removed", "by the second");
                  }
                  return new Next(part.number());
                });
    StepDefinition read =
        StepDefinition.named("read")
            .emits(Done.class)
            .handler(
                Next.class,
                (next, context) -> {
                  RunState state = context.state();
                  if (next.number() == 2) {
                    state.set("secondHadSet", state.get("set", String.class).orElse("nothing"));
                    return null;
                  }
                  return new Done(
                      List.of(
                          state.get("secondHadSet", String.class).orElse("nothing"),
                          state.get("set", String.class).orElse("nothing"),
                          state.get("removed", String.class).orElse("nothing")));
                });
    millrace.worker("last", split(), write, read);

    // when
    RunHandle<Done> run = millrace.client().start(workflow("last"), new Begin(2));
    Until.holds("the second's end", () -> run.inspect().stateKeys().contains("secondHadSet"));
    firstMayEnd.countDown();

    // then
    assertThat(run.result(PATIENCE).found())
        .containsExactly("by the second", "by the first", "nothing");
  }
}
