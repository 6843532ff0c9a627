package io.millrace.local.scenario;

import io.millrace.Collected;
import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.step.StepBuilder;
import io.millrace.step.StepDefinition;
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

  static List<String> names(Collected set) {
    return set.all().stream().map(item -> ((Item) item).name()).toList();
  }

  static StepBuilder step(String name) {
    return StepDefinition.named(name);
  }
}
