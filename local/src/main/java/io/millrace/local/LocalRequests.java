package io.millrace.local;

import io.millrace.Redriven;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.UnknownRunException;
import io.millrace.client.EventValues;
import io.millrace.client.Inspections;
import io.millrace.client.Refusals;
import io.millrace.client.RequestBodies;
import io.millrace.event.EventType;
import io.millrace.local.inline.InlineEngine;
import io.millrace.protocol.CancelAccepted;
import io.millrace.protocol.CancelRun;
import io.millrace.protocol.EventAccepted;
import io.millrace.protocol.InspectRun;
import io.millrace.protocol.RedriveAccepted;
import io.millrace.protocol.RedriveRun;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.RunSnapshot;
import io.millrace.protocol.RunStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a handle asks of the coordinator about its run. */
final class LocalRequests {
  private final InlineEngine engine;
  private final EventValues values;
  private final String workflow;
  private final String runId;
  private int sent;

  LocalRequests(InlineEngine engine, EventValues values, String workflow, String runId) {
    this.engine = engine;
    this.values = values;
    this.workflow = workflow;
    this.runId = runId;
  }

  String runId() {
    return runId;
  }

  boolean send(Object event, SendOptions options) {
    EventType type = values.typeOf(event.getClass());
    byte[] value = values.encode(event, workflow);
    String id = options.eventId().orElseGet(() -> runId + "-sent-" + ++sent);
    Map<String, String> fields = values.fields(value);
    Reply reply =
        ask(
            info ->
                RequestBodies.event(info, id, type.name(), type.kind(), value, fields, options));
    return !((EventAccepted) reply.getAnswer()).getDuplicate();
  }

  boolean cancel(String reason) {
    return !((CancelAccepted) ask(info -> new CancelRun(info, reason)).getAnswer()).getFinished();
  }

  Redriven redrive(Optional<String> executionId) {
    Reply reply = ask(info -> new RedriveRun(info, executionId.orElse(null)));
    RedriveAccepted accepted = (RedriveAccepted) reply.getAnswer();
    return new Redriven(accepted.getEpoch(), accepted.getExecutions());
  }

  RunInspection inspect() {
    Reply reply = ask(InspectRun::new);
    RunSnapshot snapshot = (RunSnapshot) reply.getAnswer();
    if (snapshot.getStatus() == RunStatus.UNKNOWN) {
      throw new UnknownRunException(
          "run " + runId + " is not known: it was never started, or is past its retention");
    }
    return Inspections.inspection(reply, snapshot);
  }

  private Reply ask(Function<RequestInfo, Object> body) {
    Reply reply = engine.ask(runId, body);
    if (reply.getAnswer() instanceof Refused refused) {
      throw Refusals.exception(runId, refused);
    }
    return reply;
  }
}
