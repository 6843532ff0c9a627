package io.millrace.http;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A workflow for tests: a guest comes, is shown {@code rooms} rooms, is asked whether to stay, and
 * answers. A guest without a name breaks the first step while the inn is closed.
 */
public final class Inn {
  static final String NAME = "inn";

  public record Guest(String name, int rooms) implements StartEvent {}

  public record Room(int number) implements Event {}

  public record Stay(String question) implements InputRequiredEvent {}

  public record Decision(boolean stays) implements HumanResponseEvent {}

  public record Bill(String text) implements StopEvent {}

  private final AtomicBoolean open = new AtomicBoolean(true);

  void close() {
    open.set(false);
  }

  void open() {
    open.set(true);
  }

  @Step(streams = Room.class)
  public Stay welcome(Guest guest, RunContext context) {
    if (!open.get() && guest.name().isEmpty()) {
      throw new IllegalStateException("no guest without a name");
    }
    context.state().set("guest", guest.name());
    for (int number = 1; number <= guest.rooms(); number++) {
      context.writeEventToStream(new Room(number));
    }
    return new Stay("Do you stay, " + guest.name() + "?");
  }

  @Step
  public Bill settle(Decision decision, RunContext context) {
    return new Bill(decision.stays() ? "one night" : "nothing");
  }
}
