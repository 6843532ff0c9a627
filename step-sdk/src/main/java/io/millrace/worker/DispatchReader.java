package io.millrace.worker;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.Headers;
import io.millrace.serde.ProtocolCodec;
import io.millrace.serde.UnreadableProtocolRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads for whom a record is. Thread-safe. */
final class DispatchReader {
  private final ProtocolCodec<Dispatch> codec = ProtocolCodec.of(Dispatch.class);

  /**
   * @throws UndecodableRecordException if the record has no readable dispatch header, or no value
   */
  Dispatch read(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Headers.DISPATCH);
    if (header == null || header.value() == null) {
      throw new UndecodableRecordException(
          "the record has no header " + Headers.DISPATCH + ", so no coordinator wrote it", null);
    }
    if (record.value() == null) {
      throw new UndecodableRecordException("the record has no value", null);
    }
    try {
      return codec.decode(header.value());
    } catch (UnreadableProtocolRecordException e) {
      throw new UndecodableRecordException(
          "header " + Headers.DISPATCH + " is unreadable: " + e.getMessage(), e);
    }
  }
}
