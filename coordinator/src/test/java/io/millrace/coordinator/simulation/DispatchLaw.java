package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunEffect.CaughtFailure;
import io.millrace.coordinator.core.RunEffect.CollectedSet;
import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.RunEffect.WaitAnswer;
import io.millrace.coordinator.core.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is dispatched is open, what is open and due is dispatched, one token always goes with the
 * same bytes (law 1), and what an execution was once given it is given again (C5, W6).
 */
final class DispatchLaw implements Law {
  private record Sent(
      Event event,
      List<CollectedSet> sets,
      List<WaitAnswer> answers,
      @Nullable List<Event> joined,
      @Nullable CaughtFailure failure) {}

  /** Of all that was ever sent: no rollback calls a dispatch back. */
  private final Map<Token, Sent> sent = new HashMap<>();

  @Override
  public void check(Step step) {
    int targets = 0;
    for (RunEffect effect : step.effects()) {
      if (effect instanceof RunEffect.Dispatch dispatch) {
        for (Target target : dispatch.targets()) {
          targets++;
          dispatched(step, dispatch, target);
        }
      }
    }
    int expected = 0;
    for (Changes.Change<OpenExecution> change : step.changes().of(OpenExecution.class)) {
      OpenExecution before = change.before();
      OpenExecution after = change.after();
      boolean anew = before == null || after == null || before.sequence() != after.sequence();
      expected += after != null && after.phase() == Phase.DISPATCHED && anew ? 1 : 0;
    }
    step.require(
        targets == expected, "dispatches and dispatched executions differ", targets, expected);
  }

  private void dispatched(Step step, RunEffect.Dispatch dispatch, Target target) {
    Token token = target.token();
    OpenExecution open = step.store().get(EntryKey.of(OpenExecution.class, token.executionId()));
    step.require(
        open != null
            && open.token().equals(token)
            && open.sequence() == dispatch.sequence()
            && open.event().equals(dispatch.event()),
        "a dispatch for what is not open so",
        target,
        open);
    Sent now =
        new Sent(
            dispatch.event(), target.sets(), target.answers(), target.joined(), target.failure());
    Sent before = sent.putIfAbsent(token, now);
    step.require(before == null || before.equals(now), "a token with other bytes", now, before);
    Object given = step.ledger().put("given " + token.executionId(), now);
    if (given instanceof Sent last) {
      step.require(begins(target.answers(), last.answers()), "an answer was forgotten", last);
      step.require(begins(target.sets(), last.sets()), "a set was forgotten", last);
      step.require(
          Objects.equals(target.joined(), last.joined()), "a join was given another set", last);
      step.require(
          Objects.equals(target.failure(), last.failure()), "another failure is handled", last);
    }
  }

  private static <T> boolean begins(List<T> now, List<T> before) {
    return now.size() >= before.size() && now.subList(0, before.size()).equals(before);
  }
}
