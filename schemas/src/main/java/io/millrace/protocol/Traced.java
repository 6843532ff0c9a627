package io.millrace.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Puts a W3C trace context on what carries events into a run; what is not traced stays as it is.
 */
public final class Traced {
  private Traced() {}

  /** The same event, made within this context; null: nobody traces. */
  public static EventData event(EventData event, @Nullable String traceparent) {
    return traceparent == null
        ? event
        : new EventData(
            event.getId(),
            event.getType(),
            event.getKind(),
            event.getValue(),
            event.getInReplyTo(),
            event.getFields(),
            traceparent);
  }

  /** As {@link #event}, for an effect that emits one; other effects stay as they are. */
  public static Effect effect(Effect effect, @Nullable String traceparent) {
    return traceparent != null && effect.getBody() instanceof EmitEvent emit
        ? new Effect(
            new EmitEvent(event(emit.getEvent(), traceparent), emit.getToStep(), emit.getFanOut()))
        : effect;
  }

  /** As {@link #event}, for what a client asks; what brings no event stays as it is. */
  public static Object request(Object body, @Nullable String traceparent) {
    if (traceparent == null) {
      return body;
    }
    if (body instanceof StartRun start) {
      return new StartRun(
          start.getRequest(),
          start.getWorkflow(),
          event(start.getEvent(), traceparent),
          start.getTimeoutMillis(),
          start.getPauseTimeoutWhileWaiting(),
          start.getInternalEvents(),
          start.getState(),
          start.getOutcomeKeys());
    }
    return body instanceof ExternalEvent sent
        ? new ExternalEvent(
            sent.getRequest(), event(sent.getEvent(), traceparent), sent.getToStep())
        : body;
  }
}
