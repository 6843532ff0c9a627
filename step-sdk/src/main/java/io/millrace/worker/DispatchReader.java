package io.millrace.worker;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.Headers;
import io.millrace.serde.ProtocolCodec;
import io.millrace.serde.UnreadableProtocolRecordException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads for whom a record is. Thread-safe. */
final class DispatchReader {
  private final ProtocolCodec<Dispatch> codec = ProtocolCodec.of(Dispatch.class);

  /**
   * @throws UndecodableRecordException if the record has no readable dispatch header, or no value
   *     although a target needs it
   */
  Dispatch read(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Headers.DISPATCH);
    if (header == null || header.value() == null) {
      throw new UndecodableRecordException(
          "the record has no header " + Headers.DISPATCH + ", so no coordinator wrote it", null);
    }
    Dispatch dispatch = decode(header.value());
    if (record.value() == null && !needsNoValue(dispatch)) {
      throw new UndecodableRecordException("the record has no value", null);
    }
    return dispatch;
  }

  private Dispatch decode(byte[] header) {
    try {
      return codec.decode(header);
    } catch (UnreadableProtocolRecordException e) {
      throw new UndecodableRecordException(
          "header " + Headers.DISPATCH + " is unreadable: " + e.getMessage(), e);
    }
  }

  /** A joined or caught execution is called with what its target holds. */
  private static boolean needsNoValue(Dispatch dispatch) {
    List<DispatchTarget> targets = dispatch.getTargets();
    return !targets.isEmpty()
        && targets.stream()
            .allMatch(target -> target.getJoined() != null || target.getFailure() != null);
  }
}
