package io.millrace.worker;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Token;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What one try writes to its run's stream, as records: readers order and deduplicate by headers.
 * Most of them are the same for all records of a try. Thread-safe.
 */
public final class StreamRecords {
  private static final Header ENTRY = header(Headers.STREAM_ENTRY, "event");

  private final byte[] key;
  private final List<Header> common;

  public StreamRecords(Dispatch dispatch, DispatchTarget target, String tryId) {
    Token token = target.getToken();
    this.key = RunLog.bytes(token.getExecutionId());
    this.common =
        List.of(
            header(Headers.RUN_ID, dispatch.getRunId()),
            ENTRY,
            header(Headers.EXECUTION_ID, token.getExecutionId()),
            header(Headers.STEP, target.getStep()),
            header(Headers.ATTEMPT, Integer.toString(token.getAttempt())),
            header(Headers.ROUND, Integer.toString(token.getRound())),
            header(Headers.TRY, tryId),
            header(Headers.EPOCH, Integer.toString(dispatch.getEpoch())));
  }

  /**
   * One of them.
   *
   * @param topic of the run's stream
   * @param sequence number within the try, from 0
   */
  public ProducerRecord<byte[], byte[]> record(
      String topic, int sequence, String eventType, EventKind kind, byte[] value) {
    List<Header> headers = new ArrayList<>(common.size() + 3);
    headers.addAll(common);
    headers.add(header(Headers.EVENT_TYPE, eventType));
    headers.add(header(Headers.EVENT_KIND, kind.name()));
    headers.add(header(Headers.SEQUENCE, Integer.toString(sequence)));
    return new ProducerRecord<>(topic, 0, key, value, headers);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, RunLog.bytes(value));
  }
}
