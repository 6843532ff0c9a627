package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.Answer;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.protocol.CancelAccepted;
import io.millrace.protocol.EventAccepted;
import io.millrace.protocol.OpenExecutionInfo;
import io.millrace.protocol.PromptInfo;
import io.millrace.protocol.RedriveAccepted;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunSnapshot;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartAccepted;
import io.millrace.protocol.WaiterInfo;

/** What a requester is told, as a protocol record. */
final class AnswerCodec {
  private static final Message<Reply> MESSAGE = Message.of(Reply.class);

  private AnswerCodec() {}

  static byte[] encode(RunEffect.Reply reply) {
    return MESSAGE.encode(
        new Reply(
            reply.request().id(),
            reply.runId(),
            toAvro(reply.answer()),
            OutcomeCodec.toAvroOrNull(reply.outcome())));
  }

  private static Object toAvro(Answer answer) {
    if (answer instanceof Answer.StartAccepted a) {
      return new StartAccepted(a.existing());
    }
    if (answer instanceof Answer.EventAccepted a) {
      return new EventAccepted(a.duplicate());
    }
    if (answer instanceof Answer.CancelAccepted a) {
      return new CancelAccepted(a.finished());
    }
    if (answer instanceof Answer.RedriveAccepted a) {
      return new RedriveAccepted(a.epoch(), a.executions());
    }
    if (answer instanceof Answer.Refused a) {
      return new Refused(RefusalCode.valueOf(a.code().name()), a.message());
    }
    return snapshot((Answer.Snapshot) answer);
  }

  private static RunSnapshot snapshot(Answer.Snapshot s) {
    return new RunSnapshot(
        RunStatus.valueOf(s.status()),
        s.workflow(),
        s.epoch(),
        s.startedAt(),
        Values.list(
            s.executions(),
            e ->
                new OpenExecutionInfo(
                    e.executionId(),
                    e.step(),
                    e.eventType(),
                    e.attempt(),
                    e.round(),
                    e.phase(),
                    e.worker(),
                    e.since())),
        OutcomeCodec.buffers(s.buffers()),
        Values.list(
            s.waiters(), w -> new WaiterInfo(w.waiterId(), w.step(), w.eventType(), w.since())),
        Values.list(s.prompts(), p -> new PromptInfo(p.eventId(), p.eventType(), p.since())),
        s.stateKeys(),
        s.parked(),
        s.notes(),
        s.truncated());
  }
}
