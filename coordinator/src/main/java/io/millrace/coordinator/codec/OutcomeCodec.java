package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.Outcome;
import io.millrace.protocol.BufferDiagnosis;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunFailure;
import io.millrace.protocol.RunOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's final fact, both ways. */
final class OutcomeCodec {
  private OutcomeCodec() {}

  static RunOutcome toAvro(Outcome o) {
    Outcome.Failure failure = o.failure();
    return new RunOutcome(
        o.runId(),
        o.workflow(),
        o.epoch(),
        OutcomeStatus.valueOf(o.status().name()),
        Values.eventDataOrNull(o.result()),
        failure == null
            ? null
            : new RunFailure(
                failure.step(),
                failure.executionId(),
                Values.error(failure.error()),
                failure.attempts()),
        o.reason(),
        o.activeSteps(),
        buffers(o.buffers()),
        o.startedAt(),
        o.endedAt(),
        o.streamed(),
        Values.map(o.state(), Values::state));
  }

  static @Nullable RunOutcome toAvroOrNull(@Nullable Outcome o) {
    return o == null ? null : toAvro(o);
  }

  static Outcome fromAvro(RunOutcome o) {
    RunFailure failure = o.getFailure();
    return new Outcome(
        o.getRunId(),
        o.getWorkflow(),
        o.getEpoch(),
        Outcome.Status.valueOf(o.getStatus().name()),
        Values.eventOrNull(o.getResult()),
        failure == null
            ? null
            : new Outcome.Failure(
                failure.getStep(),
                failure.getExecutionId(),
                Values.error(failure.getError()),
                failure.getAttempts()),
        o.getReason(),
        o.getActiveSteps(),
        Values.list(
            o.getBuffers(),
            b ->
                new Outcome.BufferDiagnosis(
                    b.getStep(),
                    b.getBufferId(),
                    Values.map(b.getHolds(), n -> n),
                    Values.map(b.getLacks(), n -> n))),
        o.getStartedAt(),
        o.getEndedAt(),
        o.getStreamed(),
        Values.map(o.getState(), Values::state));
  }

  static List<BufferDiagnosis> buffers(List<Outcome.BufferDiagnosis> buffers) {
    return Values.list(
        buffers, b -> new BufferDiagnosis(b.step(), b.bufferId(), b.holds(), b.lacks()));
  }
}
