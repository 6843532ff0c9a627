package io.millrace.client;

import io.millrace.json.AvroJson;
import io.millrace.protocol.InternalFact;
import io.millrace.protocol.RunFact;
import io.millrace.serde.UnreadableProtocolRecordException;
import java.util.Optional;

/** Internal entries of a stream: the fact as the publisher wrote it. */
final class InternalEntries {
  private InternalEntries() {}

  static Optional<InternalFact> fact(byte[] value) {
    try {
      return Optional.of(ProtocolCodecs.INTERNAL.decode(value));
    } catch (UnreadableProtocolRecordException e) {
      return wrapped(value);
    }
  }

  private static Optional<InternalFact> wrapped(byte[] value) {
    try {
      RunFact fact = ProtocolCodecs.FACT.decode(value);
      return fact.getBody() instanceof InternalFact internal
          ? Optional.of(internal)
          : Optional.empty();
    } catch (UnreadableProtocolRecordException e) {
      // A kind of internal entry that this version does not know; shown by its headers alone.
      return Optional.empty();
    }
  }

  static String json(InternalFact fact) {
    return AvroJson.write(fact, fact.getSchema());
  }
}
