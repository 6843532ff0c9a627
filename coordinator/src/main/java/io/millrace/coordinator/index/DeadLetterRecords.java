package io.millrace.coordinator.index;

import io.millrace.json.AvroJson;
import io.millrace.protocol.Headers;
import io.millrace.registry.SchemaRegistry;
import io.millrace.registry.SchemaRegistryException;
import io.millrace.serde.MalformedRecordException;
import io.millrace.serde.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What records of dead letters tell. Thread-safe. */
final class DeadLetterRecords {
  private final SchemaRegistry registry;

  DeadLetterRecords(SchemaRegistry registry) {
    this.registry = registry;
  }

  DeadLetter view(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        text(record, Headers.RUN_ID),
        text(record, Headers.WORKFLOW),
        text(record, Headers.STEP),
        text(record, Headers.EXECUTION_ID),
        text(record, Headers.EVENT_ID),
        text(record, Headers.EVENT_TYPE),
        text(record, Headers.ATTEMPTS).flatMap(DeadLetterRecords::number),
        text(record, Headers.ERROR_TYPE),
        text(record, Headers.ERROR_MESSAGE),
        text(record, Headers.ORIGIN),
        event(record.value()));
  }

  /** Whoever may write to the topic may write nonsense: it is shown as far as it can be. */
  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(ConsumerRecord<?, ?> record, String name) {
    @Nullable Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8))
            .filter(text -> !text.isEmpty());
  }

  /** A letter may be here because nobody can read it. */
  private Optional<String> event(byte @Nullable [] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      Schema writer = registry.byId(WireFormat.schemaId(value));
      return Optional.of(
          AvroJson.write(
              value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, writer));
    } catch (SchemaRegistryException
        | MalformedRecordException
        | AvroRuntimeException
        | IOException e) {
      return Optional.empty();
    }
  }
}
