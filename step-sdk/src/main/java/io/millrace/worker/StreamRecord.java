package io.millrace.worker;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Token;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a step wrote to its run's stream, as a record: readers order and deduplicate by headers. */
public final class StreamRecord {
  private static final String ENTRY = "event";

  private StreamRecord() {}

  /**
   * @param sequence number within the try, from 0
   */
  public static ProducerRecord<byte[], byte[]> of(
      String topic,
      Dispatch dispatch,
      DispatchTarget target,
      String tryId,
      int sequence,
      String eventType,
      EventKind kind,
      byte[] value) {
    Token token = target.getToken();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, RunLog.bytes(token.getExecutionId()), value);
    header(record, Headers.RUN_ID, dispatch.getRunId());
    header(record, Headers.STREAM_ENTRY, ENTRY);
    header(record, Headers.EVENT_TYPE, eventType);
    header(record, Headers.EVENT_KIND, kind.name());
    header(record, Headers.EXECUTION_ID, token.getExecutionId());
    header(record, Headers.STEP, target.getStep());
    header(record, Headers.ATTEMPT, Integer.toString(token.getAttempt()));
    header(record, Headers.ROUND, Integer.toString(token.getRound()));
    header(record, Headers.TRY, tryId);
    header(record, Headers.SEQUENCE, Integer.toString(sequence));
    header(record, Headers.EPOCH, Integer.toString(dispatch.getEpoch()));
    return record;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, RunLog.bytes(value));
  }
}
