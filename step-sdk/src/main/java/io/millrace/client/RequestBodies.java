package io.millrace.client;

import io.millrace.SendOptions;
import io.millrace.StartOptions;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.ExternalEvent;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.StartRun;
import io.millrace.protocol.StateValue;
import io.millrace.step.StateValues;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a client asks for, as protocol records. */
public final class RequestBodies {
  private RequestBodies() {}

  /**
   * The start of a run.
   *
   * @param value the event, encoded
   */
  public static StartRun start(
      RequestInfo info,
      String runId,
      String workflow,
      String type,
      byte[] value,
      StartOptions options) {
    // The run id is the event's id: unique within the run, and it spreads starts over partitions.
    EventData data =
        new EventData(runId, type, EventKind.START, ByteBuffer.wrap(value), null, null, null);
    Map<String, StateValue> state = new HashMap<>();
    options
        .state()
        .forEach(
            (key, kept) ->
                state.put(
                    key,
                    kept instanceof StateValue asItWas ? asItWas : StateValues.encode(key, kept)));
    return new StartRun(
        info,
        workflow,
        data,
        options.timeout().map(Duration::toMillis).orElse(null),
        options.pauseTimeoutWhileWaiting(),
        options.internalEvents(),
        state,
        options.outcomeKeys());
  }

  /**
   * An event from outside.
   *
   * @param eventId what the options say, or one that the sender has just made up
   * @param fields of the event, as {@link io.millrace.event.EventFields} tells of them
   */
  public static ExternalEvent event(
      RequestInfo info,
      String eventId,
      String type,
      EventKind kind,
      byte[] value,
      Map<String, String> fields,
      SendOptions options) {
    EventData data =
        new EventData(
            eventId,
            type,
            kind,
            ByteBuffer.wrap(value),
            options.inReplyTo().orElse(null),
            fields,
            null);
    return new ExternalEvent(info, data, options.toStep().orElse(null));
  }
}
