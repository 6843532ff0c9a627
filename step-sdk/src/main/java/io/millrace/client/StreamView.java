package io.millrace.client;

import io.millrace.StreamCursor;
import io.millrace.StreamedEvent;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.RunOutcome;
import io.millrace.serde.UnreadableProtocolRecordException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns stream entries into what a reader yields. */
record StreamView(String runId, List<Class<?>> decodeAs, EventValues values) {
  private static final Logger LOG = LoggerFactory.getLogger(StreamView.class);

  StreamedEvent event(StreamEntry entry) {
    boolean internal = entry.kind() == StreamedEvent.Kind.INTERNAL;
    String type =
        internal && entry.type().isEmpty()
            ? InternalEntries.fact(entry.value()).map(f -> f.getKind().name()).orElse("")
            : entry.type();
    return new StreamedRecord(
        entry.kind(),
        type,
        runId,
        new StreamCursor(entry.offset() + 1),
        entry,
        entry.eventKind(),
        internal ? null : entry.value(),
        null,
        decodeAs,
        values);
  }

  /** The cursor stays before the entry, which is yielded next. */
  StreamedEvent restarted(StreamEntry entry) {
    return new StreamedRecord(
        StreamedEvent.Kind.ATTEMPT_RESTARTED,
        "AttemptRestarted",
        runId,
        new StreamCursor(entry.offset()),
        entry,
        EventKind.EVENT,
        null,
        null,
        decodeAs,
        values);
  }

  StreamedEvent terminal(StreamEntry entry, RunOutcome outcome) {
    return terminal(entry, outcome, new StreamCursor(entry.offset() + 1));
  }

  private StreamedEvent terminal(StreamEntry entry, RunOutcome outcome, StreamCursor cursor) {
    return new StreamedRecord(
        StreamedEvent.Kind.TERMINAL,
        Outcomes.terminalType(outcome),
        runId,
        cursor,
        entry,
        EventKind.STOP,
        StreamedRecord.resultBytes(outcome),
        outcome,
        decodeAs,
        values);
  }

  /**
   * Made from the outcome, for a stream without a terminal event that ends at this offset. Nothing
   * has been read there: what a redrive adds is shown to whoever goes on after it.
   */
  StreamedEvent terminal(long end, RunOutcome outcome) {
    StreamEntry entry =
        new StreamEntry(
            Math.max(0, end - 1),
            outcome.getEndedAt().toEpochMilli(),
            StreamedEvent.Kind.TERMINAL,
            Outcomes.terminalType(outcome),
            EventKind.STOP,
            "",
            "",
            "",
            0,
            0,
            "",
            0,
            outcome.getEpoch(),
            "",
            new byte[0]);
    return terminal(entry, outcome, new StreamCursor(end));
  }

  /** Empty, and a warning, if the entry holds none. */
  Optional<RunOutcome> outcome(StreamEntry entry) {
    try {
      return Optional.of(ProtocolCodecs.OUTCOME.decode(entry.value()));
    } catch (UnreadableProtocolRecordException e) {
      LOG.warn(
          "unreadable terminal event skipped; reading ends with the outcome: runId={} offset={}: {}",
          runId,
          entry.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }

  void foreign(ConsumerRecord<byte[], byte[]> record) {
    LOG.warn(
        "foreign record on a run's stream skipped: runId={} topic={} offset={}",
        runId,
        record.topic(),
        record.offset());
  }
}
