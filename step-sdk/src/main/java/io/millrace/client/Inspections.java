package io.millrace.client;

import io.millrace.RunInspection;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunSnapshot;
import java.util.Optional;

/** A snapshot as users see it. */
public final class Inspections {
  private Inspections() {}

  public static RunInspection inspection(Reply reply, RunSnapshot snapshot) {
    return new RunInspection(
        reply.getRunId(),
        snapshot.getWorkflow(),
        snapshot.getStatus(),
        snapshot.getEpoch(),
        snapshot.getStartedAt(),
        snapshot.getExecutions().stream()
            .map(
                e ->
                    new RunInspection.Execution(
                        e.getExecutionId(),
                        e.getStep(),
                        e.getEventType(),
                        e.getAttempt(),
                        e.getPhase(),
                        Optional.ofNullable(e.getWorker()),
                        e.getSince()))
            .toList(),
        Outcomes.buffers(snapshot.getBuffers()),
        snapshot.getWaiters().stream()
            .map(
                w ->
                    new RunInspection.Waiter(
                        w.getWaiterId(), w.getStep(), w.getEventType(), w.getSince()))
            .toList(),
        snapshot.getPrompts().stream()
            .map(p -> new RunInspection.Prompt(p.getEventId(), p.getEventType(), p.getSince()))
            .toList(),
        snapshot.getStateKeys(),
        snapshot.getParked(),
        snapshot.getNotes(),
        snapshot.getTruncated(),
        Optional.ofNullable(reply.getOutcome()).map(Outcomes::summary));
  }
}
