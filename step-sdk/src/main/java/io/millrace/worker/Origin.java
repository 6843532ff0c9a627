package io.millrace.worker;

import io.millrace.protocol.Headers;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Where a dispatch comes from, for who observes it.
 *
 * @param traceparent W3C trace context of what made the event; null: it is not traced
 * @param sentMillis when the coordinator sent it
 */
record Origin(@Nullable String traceparent, long sentMillis) {
  static Origin of(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Headers.TRACEPARENT);
    return new Origin(
        header == null || header.value() == null
            ? null
            : new String(header.value(), StandardCharsets.UTF_8),
        record.timestamp());
  }
}
