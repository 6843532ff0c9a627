package io.millrace.coordinator.codec;

import io.millrace.coordinator.codec.Outgoing.Urgency;
import io.millrace.coordinator.core.Answer;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.Unwanted;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what the core asks for into records. Thread-safe. */
public final class EffectRecords {
  private static final Message<CancelNotice> CANCEL = Message.of(CancelNotice.class);
  private static final int MESSAGE_CHARS = 4 * 1024;
  private final Namespace namespace;

  public EffectRecords(Namespace namespace) {
    this.namespace = namespace;
  }

  /** Empty for an effect that only gives a reason. */
  public Optional<Outgoing> record(RunEffect effect) {
    if (effect instanceof RunEffect.Dispatch e) {
      return Optional.of(dispatch(e));
    }
    if (effect instanceof RunEffect.Reply e) {
      return Optional.of(
          Outgoing.of(
                  namespace.replies(), e.request().id(), AnswerCodec.encode(e), urgency(e.answer()))
              .with(Headers.RUN_ID, e.runId())
              .to(e.request().replyPartition()));
    }
    if (effect instanceof RunEffect.EndRun e) {
      return Optional.of(
          Outgoing.of(
                  namespace.outcomes(),
                  e.outcome().runId(),
                  FactCodec.encode(OutcomeCodec.toAvro(e.outcome())),
                  Urgency.AT_ONCE)
              .with(Headers.RUN_ID, e.outcome().runId())
              .with(Headers.WORKFLOW, e.outcome().workflow()));
    }
    if (effect instanceof RunEffect.Publish e) {
      return Optional.of(
          Outgoing.of(namespace.facts(), e.runId(), FactCodec.encode(e), Urgency.AT_ONCE));
    }
    if (effect instanceof RunEffect.DeadLetter e) {
      return Optional.of(deadLetter(e));
    }
    if (effect instanceof RunEffect.CancelWork e) {
      return Optional.of(
          Outgoing.of(
              namespace.cancels(),
              e.worker(),
              CANCEL.encode(
                  new CancelNotice(
                      e.worker(),
                      e.runId(),
                      e.executions().stream()
                          .map(work -> new Unwanted(work.executionId(), work.round()))
                          .toList(),
                      e.reason())),
              Urgency.AT_ONCE));
    }
    return Optional.empty();
  }

  /** A run that has begun, or goes on, has more to tell soon; one commit can be for both. */
  private static Urgency urgency(Answer answer) {
    return answer instanceof Answer.StartAccepted || answer instanceof Answer.EventAccepted
        ? Urgency.SOON
        : Urgency.AT_ONCE;
  }

  /**
   * The dead letter of a record that could not be handled. One that is too large with its headers
   * loses its key and the end of its value, and says so: its origin has all of it.
   *
   * @param origin topic-partition@offset
   * @param maxBytes of a record
   */
  public Outgoing unhandled(
      @Nullable String key, byte @Nullable [] value, String origin, Throwable error, int maxBytes) {
    String message = String.valueOf(error.getMessage());
    String told =
        message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS) + "…";
    Outgoing whole = letter(key, value, origin, error, told);
    if (whole.size() <= maxBytes) {
      return whole;
    }
    String cut = told + " (cut short here, " + whole.size() + " bytes are too many)";
    long over = letter(null, value, origin, error, cut).size() - maxBytes;
    byte[] beginning =
        value == null
            ? null
            : Arrays.copyOf(value, (int) Math.max(0, value.length - Math.max(0, over)));
    return letter(null, beginning, origin, error, cut);
  }

  private Outgoing letter(
      @Nullable String key,
      byte @Nullable [] value,
      String origin,
      Throwable error,
      String message) {
    return Outgoing.of(namespace.deadLetters(), key, value, Urgency.AT_ONCE)
        .with(Headers.ORIGIN, origin)
        .with(Headers.ERROR_TYPE, error.getClass().getName())
        .with(Headers.ERROR_MESSAGE, message);
  }

  /** The same input, to the partition of the run log where it belongs (law 18). */
  public Outgoing moved(String runId, byte[] value, int partition) {
    return Outgoing.of(namespace.runs(), runId, value, Urgency.ANY_TIME).to(partition);
  }

  private Outgoing dispatch(RunEffect.Dispatch d) {
    Event event = d.event();
    return Outgoing.of(
            namespace.events(d.workflow(), event.type()),
            event.id(),
            value(event),
            Urgency.ANY_TIME)
        .with(Headers.DISPATCH, DispatchCodec.encode(d))
        .with(Headers.RUN_ID, d.runId())
        .with(Headers.WORKFLOW, d.workflow())
        .with(Headers.EVENT_ID, event.id())
        .with(Headers.EVENT_TYPE, event.type())
        .with(Headers.EVENT_KIND, event.kind().name())
        .with(Headers.TRACEPARENT, event.traceparent());
  }

  /** An event that only stands for others has no value: no reader may try to decode one. */
  private static byte @Nullable [] value(Event event) {
    return event.value().size() == 0 ? null : event.value().array();
  }

  private Outgoing deadLetter(RunEffect.DeadLetter d) {
    Event event = d.event();
    ErrorInfo error = d.error();
    return Outgoing.of(namespace.deadLetters(), d.runId(), value(event), Urgency.AT_ONCE)
        .with(Headers.RUN_ID, d.runId())
        .with(Headers.WORKFLOW, d.workflow())
        .with(Headers.EVENT_ID, event.id())
        .with(Headers.EVENT_TYPE, event.type())
        .with(Headers.EVENT_KIND, event.kind().name())
        .with(Headers.EXECUTION_ID, d.executionId())
        .with(Headers.STEP, d.step())
        .with(Headers.ERROR_TYPE, error.type())
        .with(Headers.ERROR_MESSAGE, error.message())
        .with(Headers.ATTEMPTS, Integer.toString(d.attempts()));
  }
}
