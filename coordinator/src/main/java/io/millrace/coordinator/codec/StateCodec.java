package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunState;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.store.StoredFinished;
import io.millrace.protocol.store.StoredLoad;
import io.millrace.protocol.store.StoredRunning;
import io.millrace.protocol.store.StoredSettings;
import io.millrace.protocol.store.StoredState;

/** A run's head as stored. {@link RunState.Absent} has no stored form. Thread-safe. */
public final class StateCodec {
  private static final Message<StoredState> MESSAGE = Message.of(StoredState.class);

  private StateCodec() {}

  /**
   * @throws IllegalArgumentException for {@link RunState.Absent}
   */
  public static byte[] encode(RunState state) {
    if (state instanceof RunState.Running s) {
      return MESSAGE.encode(new StoredState(running(s)));
    }
    if (state instanceof RunState.Finished s) {
      RunState.Running frozen = s.frozen();
      return MESSAGE.encode(
          new StoredState(
              new StoredFinished(
                  settings(s.settings()),
                  OutcomeCodec.toAvro(s.outcome()),
                  s.nextSequence(),
                  s.lastAt(),
                  frozen == null ? null : running(frozen))));
    }
    throw new IllegalArgumentException("an absent run has no stored form");
  }

  private static StoredRunning running(RunState.Running s) {
    return new StoredRunning(
        settings(s.settings()),
        s.epoch(),
        s.admitted(),
        Values.list(s.pendingStarts(), r -> new RequestInfo(r.id(), r.replyPartition())),
        s.nextSequence(),
        s.open(),
        s.suspended(),
        s.parked(),
        s.prompts(),
        s.chunks(),
        s.buffered(),
        s.seen(),
        s.early(),
        s.fanOuts(),
        s.updating(),
        s.contending(),
        s.streamEvents(),
        Values.map(s.loads(), l -> new StoredLoad(l.held(), l.queued())),
        s.notes(),
        s.streamed(),
        s.stateBytes(),
        Values.millis(s.timeoutLeft()),
        s.quietSince(),
        s.graceDue(),
        s.lastAt());
  }

  public static RunState decode(byte[] bytes) {
    Object body = MESSAGE.decode(bytes).getBody();
    if (body instanceof StoredRunning s) {
      return running(s);
    }
    StoredFinished s = (StoredFinished) body;
    StoredRunning frozen = s.getFrozen();
    return new RunState.Finished(
        settings(s.getSettings()),
        OutcomeCodec.fromAvro(s.getOutcome()),
        s.getNextSequence(),
        s.getLastAt(),
        frozen == null ? null : running(frozen));
  }

  private static RunState.Running running(StoredRunning s) {
    return new RunState.Running(
        settings(s.getSettings()),
        s.getEpoch(),
        s.getAdmitted(),
        Values.list(s.getPendingStarts(), r -> new Request(r.getId(), r.getReplyPartition())),
        s.getNextSequence(),
        s.getOpen(),
        s.getSuspended(),
        s.getParked(),
        s.getPrompts(),
        s.getChunks(),
        s.getBuffered(),
        s.getSeen(),
        s.getEarly(),
        s.getFanOuts(),
        s.getUpdating(),
        s.getContending(),
        s.getStreamEvents(),
        Values.map(s.getLoads(), l -> new RunState.Load(l.getHeld(), l.getQueued())),
        s.getNotes(),
        s.getStreamed(),
        s.getStateBytes(),
        Values.millis(s.getTimeoutLeftMillis()),
        s.getQuietSince(),
        s.getGraceDue(),
        s.getLastAt());
  }

  private static StoredSettings settings(Entry.RunSettings s) {
    return new StoredSettings(
        s.workflow(),
        s.life(),
        s.startDigest(),
        s.startedAt(),
        Values.millis(s.timeout()),
        s.pauseTimeoutWhileWaiting(),
        s.internalEvents(),
        s.outcomeKeys());
  }

  private static Entry.RunSettings settings(StoredSettings s) {
    return new Entry.RunSettings(
        s.getWorkflow(),
        s.getLife(),
        s.getStartDigest(),
        s.getStartedAt(),
        Values.millis(s.getTimeoutMillis()),
        s.getPauseTimeoutWhileWaiting(),
        s.getInternalEvents(),
        s.getOutcomeKeys());
  }
}
