package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.Token;
import io.millrace.protocol.CaughtFailure;
import io.millrace.protocol.CollectedSet;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.WaitAnswer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header that says for whom a record on an event topic is. Thread-safe. */
public final class DispatchCodec {
  private static final Message<Dispatch> MESSAGE = Message.of(Dispatch.class);

  private DispatchCodec() {}

  /** Whom a failed dispatch was for. */
  public record Targets(String runId, long sequence, List<Token> tokens) {}

  /**
   * Reads back what {@link #encode} wrote, as far as a failed dispatch needs it.
   *
   * @throws UnreadableRecordException if {@code header} is not such a header
   */
  public static Targets targets(byte[] header) {
    Dispatch dispatch = MESSAGE.decode(header);
    return new Targets(
        dispatch.getRunId(),
        dispatch.getSequence(),
        Values.list(dispatch.getTargets(), target -> Values.token(target.getToken())));
  }

  static byte[] encode(RunEffect.Dispatch d) {
    return MESSAGE.encode(
        new Dispatch(
            d.runId(),
            d.workflow(),
            d.event().id(),
            d.event().type(),
            Values.kind(d.event().kind()),
            d.epoch(),
            d.sequence(),
            d.event().inReplyTo(),
            Values.list(d.targets(), DispatchCodec::target),
            Values.map(d.state(), Values::versioned),
            d.fieldsOf()));
  }

  private static DispatchTarget target(RunEffect.Target t) {
    return new DispatchTarget(
        Values.token(t.token()),
        t.step(),
        t.firstDispatchedAt(),
        withoutStack(t.lastError()),
        sets(t.sets()),
        answers(t.answers()),
        joined(t.joined()),
        failure(t.failure()),
        t.recoveries());
  }

  private static @Nullable List<EventData> joined(@Nullable List<Event> events) {
    return events == null ? null : Values.list(events, Values::event);
  }

  private static @Nullable CaughtFailure failure(RunEffect.@Nullable CaughtFailure f) {
    return f == null ? null : caught(f);
  }

  static CaughtFailure caught(RunEffect.CaughtFailure f) {
    return new CaughtFailure(
        f.step(),
        Values.event(f.event()),
        Values.error(f.error()),
        f.attempts(),
        f.elapsed().toMillis());
  }

  static RunEffect.CaughtFailure caught(CaughtFailure f) {
    return new RunEffect.CaughtFailure(
        f.getStep(),
        Values.event(f.getEvent()),
        Values.error(f.getError()),
        f.getAttempts(),
        Duration.ofMillis(f.getElapsedMillis()));
  }

  static List<CollectedSet> sets(List<RunEffect.CollectedSet> sets) {
    return Values.list(
        sets, s -> new CollectedSet(s.bufferId(), Values.list(s.events(), Values::event)));
  }

  static List<WaitAnswer> answers(List<RunEffect.WaitAnswer> answers) {
    return Values.list(
        answers, a -> new WaitAnswer(a.waiterId(), Values.eventDataOrNull(a.event())));
  }

  private static @Nullable ErrorInfo withoutStack(
      io.millrace.coordinator.core.@Nullable ErrorInfo error) {
    return error == null ? null : new ErrorInfo(error.type(), error.message(), "");
  }
}
