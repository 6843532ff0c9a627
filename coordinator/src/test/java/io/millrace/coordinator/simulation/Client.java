package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.EventKind;
import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StepBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whoever starts runs, answers them, looks at them and cancels them. Asks again when in doubt. */
final class Client {
  private static final int MOST_EPOCHS = 4;

  private final World world;
  private final Site site;
  private final String runId;
  private final List<Request> requests = new ArrayList<>();

  Client(World world, String runId) {
    this.world = world;
    this.runId = runId;
    this.site = world.site("client of " + runId);
  }

  /** Everything that it will do of its own accord. */
  void plan() {
    at(site.draw("start", 1_000), start("start"));
    int more = site.draw("actions", 10);
    for (int i = 0; i < more; i++) {
      world.timeline.at(site.draw("when", 50_000), this::act);
    }
    if (site.oneIn("starts again after the purge", 12)) {
      at(8L * 24 * 3_600_000 + site.draw("when again", 1_000), start("start"));
    }
  }

  private void act() {
    switch (site.draw("what", 12)) {
      case 0 -> inspect();
      case 1 -> send(start("start"));
      case 2 -> send(start("another"));
      case 3 -> send(new RunInput.RedriveRun(request(), null));
      case 4, 5 -> garbage();
      case 6 -> {
        if (site.oneIn("cancel", 2)) {
          cancel();
        }
      }
      default -> answer();
    }
  }

  private void garbage() {
    if (site.strikes(Fault.GARBAGE)) {
      List<RunInput> inputs = Garbage.all();
      send(inputs.get(site.draw("garbage", inputs.size())));
    }
  }

  /** Some reply; to a question that was asked, or to none, or one that was sent before. */
  void answer() {
    List<String> prompts = world.outside.prompts(runId);
    boolean toPrompt = !prompts.isEmpty() && site.oneIn("to a prompt", 2);
    String inReplyTo = toPrompt ? prompts.get(site.draw("prompt", prompts.size())) : null;
    String id = "reply-" + site.draw("reply", 12);
    Event plain = Work.event(id, "Reply");
    Map<String, String> fields = Map.of("order", String.valueOf(site.draw("order", 2)));
    Event reply =
        new Event(id, "Reply", EventKind.HUMAN_RESPONSE, plain.value(), inReplyTo, fields);
    String toStep = site.oneIn("to a step", 8) ? "step-" + site.draw("step", 5) : null;
    send(new RunInput.ExternalEvent(request(), reply, toStep));
  }

  /** A reply that was never sent before, to whoever waits longest. */
  void answerAnew(int round) {
    Event plain = Work.event("late-" + round, "Reply");
    Map<String, String> fields = Map.of("order", String.valueOf(round % 2));
    Event reply =
        new Event("late-" + round, "Reply", EventKind.HUMAN_RESPONSE, plain.value(), null, fields);
    send(new RunInput.ExternalEvent(request(), reply, null));
  }

  /** Some failed runs are redriven, even several times. */
  void ended(Outcome outcome) {
    Outcome.Failure failure = outcome.failure();
    if (failure != null && outcome.epoch() < MOST_EPOCHS && site.oneIn("redrives", 2)) {
      String named = site.oneIn("by name", 3) ? failure.executionId() : null;
      long later = 1 + site.draw("redrives after", 100_000);
      world.timeline.after(later, () -> send(new RunInput.RedriveRun(request(), named)));
    }
  }

  Request inspect() {
    Request request = request();
    send(new RunInput.InspectRun(request));
    return request;
  }

  void cancel() {
    send(new RunInput.CancelRun(request(), "enough"));
  }

  /** Nobody is left without an answer (law 9). */
  void check() {
    for (Request request : requests) {
      LawBroken.unless(world.outside.answer(request) != null, "nobody answered", runId, request);
    }
  }

  private RunInput start(String event) {
    return new RunInput.StartRun(
        request(),
        StepBuilder.WORKFLOW,
        Work.event(event, "Begin"),
        world.workflow.timeout(),
        world.pausesTimeout,
        world.internalEvents,
        Map.of(),
        List.of(Work.LOG, Work.TOTAL));
  }

  private Request request() {
    Request request = new Request(runId + " request " + requests.size(), 0);
    requests.add(request);
    return request;
  }

  private void at(long millis, RunInput input) {
    world.timeline.at(millis, () -> send(input));
  }

  private void send(RunInput input) {
    world.network.send("client " + runId, runId, input);
  }
}
