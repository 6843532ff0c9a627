package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunInput;
import io.millrace.protocol.ChunkDigest;
import io.millrace.protocol.RequestInfo;
import org.jspecify.annotations.Nullable;

/** The run log's records, read into the core's inputs. Thread-safe. */
public final class RunInputCodec {
  private static final Message<io.millrace.protocol.RunInput> MESSAGE =
      Message.of(io.millrace.protocol.RunInput.class);

  private RunInputCodec() {}

  /** An input and the run it is for. */
  public record Addressed(String runId, RunInput input) {}

  /**
   * @param bytes a record's value, may be null
   * @throws UnreadableRecordException for whatever is not a run input
   */
  public static Addressed decode(byte @Nullable [] bytes) {
    io.millrace.protocol.RunInput input = MESSAGE.decode(bytes);
    try {
      return new Addressed(input.getRunId(), fromAvro(input.getBody()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnreadableRecordException("RunInput", e);
    }
  }

  public static byte[] encode(String runId, RunInput input) {
    return MESSAGE.encode(
        new io.millrace.protocol.RunInput(runId, input.accept(new RunInputWriter())));
  }

  private static RunInput fromAvro(Object body) {
    if (body instanceof io.millrace.protocol.StepCompleted i) {
      return new RunInput.StepCompleted(
          Values.token(i.getToken()),
          i.getWorker(),
          i.getTryId(),
          i.getChunkCount(),
          i.getChunkDigest(),
          StepEffectCodec.fromAvro(i.getEffects()),
          i.getStreamed());
    }
    if (body instanceof io.millrace.protocol.StepStarted i) {
      return new RunInput.StepStarted(Values.token(i.getToken()), i.getWorker(), i.getTryId());
    }
    if (body instanceof io.millrace.protocol.StepFailed i) {
      return new RunInput.StepFailed(
          Values.token(i.getToken()),
          i.getWorker(),
          i.getTryId(),
          RunInput.FailureKind.valueOf(i.getKind().name()),
          Values.error(i.getError()),
          i.getRetryable(),
          i.getStreamed());
    }
    if (body instanceof io.millrace.protocol.StepSuspended i) {
      return new RunInput.StepSuspended(
          Values.token(i.getToken()),
          i.getWorker(),
          i.getTryId(),
          i.getWaiterId(),
          i.getEventType(),
          Values.map(i.getRequirements(), text -> text),
          Values.millis(i.getTimeoutMillis()),
          Values.eventOrNull(i.getPrompt()),
          i.getStreamed());
    }
    if (body instanceof io.millrace.protocol.CompletionChunk i) {
      return new RunInput.CompletionChunk(
          Values.token(i.getToken()),
          i.getTryId(),
          i.getIndex(),
          StepEffectCodec.fromAvro(i.getEffects()),
          Bytes.wrap(ChunkDigest.encode(i.getEffects())));
    }
    return fromOutside(body);
  }

  private static RunInput fromOutside(Object body) {
    if (body instanceof io.millrace.protocol.StartRun i) {
      return new RunInput.StartRun(
          Values.request(i.getRequest()),
          i.getWorkflow(),
          Values.event(i.getEvent()),
          Values.millis(i.getTimeoutMillis()),
          i.getPauseTimeoutWhileWaiting(),
          i.getInternalEvents(),
          Values.map(i.getState(), Values::state),
          i.getOutcomeKeys());
    }
    if (body instanceof io.millrace.protocol.ExternalEvent i) {
      return new RunInput.ExternalEvent(
          Values.request(i.getRequest()), Values.event(i.getEvent()), i.getToStep());
    }
    if (body instanceof io.millrace.protocol.CancelRun i) {
      return new RunInput.CancelRun(Values.request(i.getRequest()), i.getReason());
    }
    if (body instanceof io.millrace.protocol.InspectRun i) {
      RequestInfo request = i.getRequest();
      return new RunInput.InspectRun(new Request(request.getId(), request.getReplyPartition()));
    }
    if (body instanceof io.millrace.protocol.RedriveRun i) {
      return new RunInput.RedriveRun(Values.request(i.getRequest()), i.getExecutionId());
    }
    return fromCoordinator(body);
  }

  private static RunInput fromCoordinator(Object body) {
    if (body instanceof io.millrace.protocol.TimerFired i) {
      return new RunInput.TimerFired(i.getTimerId(), i.getGeneration());
    }
    if (body instanceof io.millrace.protocol.WorkerLost i) {
      return new RunInput.WorkerLost(
          Values.token(i.getToken()), i.getSequence(), i.getWorker(), i.getReason());
    }
    if (body instanceof io.millrace.protocol.DispatchFailed i) {
      return new RunInput.DispatchFailed(
          Values.token(i.getToken()), i.getSequence(), Values.error(i.getError()));
    }
    throw new UnreadableRecordException("a run input of an unknown kind: " + body);
  }
}
