package io.millrace.local.scenario;

import io.millrace.Collected;
import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.StreamedEvent;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepBuilder;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.List;

/** The events that scenarios are about, and steps that many of them need. */
final class Words {
  private Words() {}

  record Begin(String name) implements StartEvent {}

  record OtherBegin() implements StartEvent {}

  /** What most scenarios collect and pass on. */
  sealed interface Item extends Event permits A, B, X {
    String name();
  }

  record A(String name) implements Item {}

  record B(String name) implements Item {}

  record X(String name) implements Item {}

  record Progress(String text) implements Event {}

  record Question(String text) implements InputRequiredEvent {}

  record Answer(String text) implements HumanResponseEvent {}

  /** Ends a run from outside. */
  record Finish() implements HumanResponseEvent {}

  record Done(List<String> names) implements StopEvent {}

  static final Begin BEGIN = new Begin("begin");

  static Done done(String... names) {
    return new Done(List.of(names));
  }

  /** Emits these when the run begins, as a fan-out. */
  static StepDefinition emit(Item... items) {
    return StepDefinition.named("emit")
        .emits(Item.class)
        .handler(Begin.class, (begin, context) -> List.of(items));
  }

  /** Ends the run when a client says so. */
  static StepDefinition finish() {
    return StepDefinition.named("finish")
        .emits(Done.class)
        .handler(Finish.class, (finish, context) -> done("finished"));
  }

  /** Ends the run with all of so many items, by arrival. */
  static StepDefinition gather(Class<? extends Item> type, int count) {
    return StepDefinition.named("gather")
        .emits(Done.class)
        .concurrency(1)
        .handler(
            type,
            (item, context) ->
                context
                    .collectEvents(item, java.util.Collections.nCopies(count, type))
                    .map(set -> new Done(names(set)))
                    .orElse(null));
  }

  /** Ends the run with the number of the attempt, after so many that failed. */
  static StepDefinition failsIn(int attempts) {
    return step("work")
        .emits(Done.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              if (context.attempt() <= attempts) {
                throw new IllegalStateException("not yet");
              }
              return done(String.valueOf(context.attempt()));
            });
  }

  static List<String> names(Collected set) {
    return set.all().stream().map(item -> ((Item) item).name()).toList();
  }

  static StepBuilder step(String name) {
    return StepDefinition.named(name);
  }

  /** Fails once at most, and is tried again soon. */
  static final RetryPolicy TWICE =
      RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofMillis(50), 1);

  record More(String name) implements Event {}

  /** A set is complete; its names. */
  record Fired(String names) implements Event {}

  /** Ends the run with the names of so many sets, by arrival. */
  static StepDefinition fired(int sets) {
    return StepDefinition.named("fired")
        .emits(Done.class)
        .concurrency(1)
        .handler(
            Fired.class,
            (fired, context) ->
                context
                    .collectEvents(fired, java.util.Collections.nCopies(sets, Fired.class))
                    .map(all -> new Done(all.list(Fired.class).stream().map(Fired::names).toList()))
                    .orElse(null));
  }

  /** How many executions of this step have shown themselves on the stream. */
  static long executions(List<StreamedEvent> stream, String step) {
    return stream.stream()
        .filter(event -> event.kind() == StreamedEvent.Kind.EVENT && event.step().equals(step))
        .map(StreamedEvent::executionId)
        .distinct()
        .count();
  }

  /** Begins a fan-out of these. */
  static StepDefinition split(Item... items) {
    return StepDefinition.named("split")
        .fansOut(Item.class)
        .handler(Begin.class, (begin, context) -> List.of(items));
  }

  /** Ends the run with all of this type that came of a fan-out. */
  static StepDefinition join(Class<? extends Item> type) {
    return StepDefinition.named("join")
        .joinsFanOut(type)
        .emits(Done.class)
        .handler((all, context) -> new Done(itemNames(all)));
  }

  /** Of the list that a join is called with. */
  static List<String> itemNames(Object joined) {
    return ((List<?>) joined).stream().map(item -> ((Item) item).name()).toList();
  }
}
