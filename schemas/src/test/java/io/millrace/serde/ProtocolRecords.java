package io.millrace.serde;

import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.WorkerBeat;
import io.millrace.protocol.store.StoredAnswers;
import io.millrace.protocol.store.StoredArrival;
import io.millrace.protocol.store.StoredBuffer;
import io.millrace.protocol.store.StoredBufferedEvent;
import io.millrace.protocol.store.StoredCaught;
import io.millrace.protocol.store.StoredCell;
import io.millrace.protocol.store.StoredChunk;
import io.millrace.protocol.store.StoredExecution;
import io.millrace.protocol.store.StoredFanOut;
import io.millrace.protocol.store.StoredJoined;
import io.millrace.protocol.store.StoredNote;
import io.millrace.protocol.store.StoredParkedEvent;
import io.millrace.protocol.store.StoredPlace;
import io.millrace.protocol.store.StoredPrompt;
import io.millrace.protocol.store.StoredResolved;
import io.millrace.protocol.store.StoredSeenEvent;
import io.millrace.protocol.store.StoredSentState;
import io.millrace.protocol.store.StoredSets;
import io.millrace.protocol.store.StoredState;
import io.millrace.protocol.store.StoredTimer;
import io.millrace.protocol.store.StoredWaiter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The records that are written on their own, by {@link ProtocolCodec}. New ones are added here. */
final class ProtocolRecords {
  static final Path FOLDER = Path.of("src/main/resources/released");

  private ProtocolRecords() {}

  static Stream<Class<? extends SpecificRecord>> all() {
    return Stream.of(
        RunInput.class,
        Dispatch.class,
        Reply.class,
        RunFact.class,
        RunOutcome.class,
        StepRegistration.class,
        WorkerBeat.class,
        CancelNotice.class,
        // What the coordinator's store holds: an upgraded coordinator reads its elder's entries.
        StoredExecution.class,
        StoredSentState.class,
        StoredSets.class,
        StoredBuffer.class,
        StoredBufferedEvent.class,
        StoredCell.class,
        StoredTimer.class,
        StoredParkedEvent.class,
        StoredChunk.class,
        StoredSeenEvent.class,
        StoredPrompt.class,
        StoredWaiter.class,
        StoredAnswers.class,
        StoredJoined.class,
        StoredCaught.class,
        StoredFanOut.class,
        StoredArrival.class,
        StoredResolved.class,
        StoredPlace.class,
        StoredNote.class,
        StoredState.class);
  }

  static Schema current(Class<? extends SpecificRecord> record) {
    return SpecificData.get().getSchema(record);
  }

  /** Whether the newest released schema says the same as the current one; wording may differ. */
  static boolean isReleased(Class<? extends SpecificRecord> record) {
    List<Schema> released = ReleasedSchemas.of(record);
    return !released.isEmpty() && released.get(released.size() - 1).equals(current(record));
  }
}
