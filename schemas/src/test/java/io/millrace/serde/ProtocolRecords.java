package io.millrace.serde;

import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.WorkerBeat;
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
        CancelNotice.class);
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
