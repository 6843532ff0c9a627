package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Answer;
import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was committed for the outside to see: outcomes, replies, prompts, cancel notices. */
final class Outside {
  private record Life(String runId, Instant startedAt, int epoch) {}

  private final World world;
  private final Map<Life, Outcome> outcomes = new HashMap<>();
  private final Map<Request, Answer> answers = new HashMap<>();
  private final Map<String, List<String>> prompts = new HashMap<>();

  Outside(World world) {
    this.world = world;
  }

  void see(String runId, RunEffect effect) {
    if (effect instanceof RunEffect.EndRun end) {
      Outcome outcome = end.outcome();
      Outcome before = outcomes.put(new Life(runId, outcome.startedAt(), outcome.epoch()), outcome);
      LawBroken.unless(before == null, "two outcomes", runId, outcome);
      world.clientOf(runId).ended(outcome);
    } else if (effect instanceof RunEffect.Reply reply) {
      answers.put(reply.request(), reply.answer());
      Outcome told = reply.outcome();
      LawBroken.unless(told == null || knows(runId, told), "a reply tells of another outcome");
    } else if (effect instanceof RunEffect.CancelWork cancel) {
      world.workers.callBack(cancel.worker(), cancel.executions());
    } else if (effect instanceof RunEffect.Publish publish
        && publish.fact() instanceof RunEffect.Fact.Prompt prompt) {
      prompts.computeIfAbsent(runId, id -> new ArrayList<>()).add(prompt.event().id());
    }
  }

  private boolean knows(String runId, Outcome told) {
    Outcome seen = outcomes.get(new Life(runId, told.startedAt(), told.epoch()));
    // The reply to whoever ended the run goes out with the outcome, in either order.
    return seen == null || seen.equals(told);
  }

  @Nullable Answer answer(Request request) {
    return answers.get(request);
  }

  List<String> prompts(String runId) {
    return prompts.getOrDefault(runId, List.of());
  }

  int outcomes() {
    return outcomes.size();
  }
}
