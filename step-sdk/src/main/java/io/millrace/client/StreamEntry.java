package io.millrace.client;

import io.millrace.StreamedEvent;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One record of a stream topic, headers parsed. Texts are empty and numbers 0 when the writer left
 * them out; {@code factId} is of records that the publisher wrote, {@code tryId} of those that a
 * worker wrote.
 */
record StreamEntry(
    long offset,
    long timestamp,
    StreamedEvent.Kind kind,
    String type,
    EventKind eventKind,
    String eventId,
    String executionId,
    String step,
    int attempt,
    int round,
    String tryId,
    long sequence,
    int epoch,
    String factId,
    byte[] value) {

  /** Empty: nobody of Millrace wrote this record. */
  static Optional<StreamEntry> of(ConsumerRecord<byte[], byte[]> record) {
    Optional<StreamedEvent.Kind> kind = kind(text(record, Headers.STREAM_ENTRY));
    byte @Nullable [] value = record.value();
    if (kind.isEmpty() || value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new StreamEntry(
              record.offset(),
              record.timestamp(),
              kind.get(),
              text(record, Headers.EVENT_TYPE),
              eventKind(text(record, Headers.EVENT_KIND)),
              text(record, Headers.EVENT_ID),
              text(record, Headers.EXECUTION_ID),
              text(record, Headers.STEP),
              (int) number(record, Headers.ATTEMPT),
              (int) number(record, Headers.ROUND),
              text(record, Headers.TRY),
              number(record, Headers.SEQUENCE),
              (int) number(record, Headers.EPOCH),
              text(record, Headers.FACT_ID),
              value));
    } catch (IllegalArgumentException e) {
      // A header with an impossible number or kind: the same as a foreign record.
      return Optional.empty();
    }
  }

  private static Optional<StreamedEvent.Kind> kind(String entry) {
    return Arrays.stream(StreamedEvent.Kind.values())
        .filter(kind -> kind != StreamedEvent.Kind.ATTEMPT_RESTARTED)
        .filter(kind -> kind.name().equalsIgnoreCase(entry))
        .findFirst();
  }

  private static EventKind eventKind(String name) {
    return name.isEmpty() ? EventKind.EVENT : EventKind.valueOf(name);
  }

  private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
    String text = text(record, header);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    @Nullable Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
