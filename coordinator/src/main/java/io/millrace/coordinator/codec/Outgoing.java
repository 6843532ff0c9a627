package io.millrace.coordinator.codec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that the coordinator is about to write.
 *
 * @param key text key, null for none
 * @param value null where the original record had none, or where the event only stands for others
 * @param partition explicit partition; -1: by key
 * @param urgency how soon somebody outside needs its commit
 */
public record Outgoing(
    String topic,
    @Nullable String key,
    byte @Nullable [] value,
    Map<String, byte[]> headers,
    int partition,
    Urgency urgency) {
  /** How soon a record must be visible to those who read what is committed. */
  public enum Urgency {
    /** Nobody waits for its commit. */
    ANY_TIME,
    /** Somebody waits who would rather have what is to come a little later: the run goes on. */
    SOON,
    AT_ONCE
  }

  private static final int HEADER_FRAME = 10;

  /** Of a batch of one record. */
  private static final int RECORD_FRAME = 128;

  /** A record by key, with headers yet to come. */
  static Outgoing of(String topic, @Nullable String key, byte @Nullable [] value, Urgency urgency) {
    return new Outgoing(topic, key, value, new LinkedHashMap<>(), -1, urgency);
  }

  Outgoing with(String header, byte[] content) {
    headers.put(header, content);
    return this;
  }

  Outgoing with(String header, @Nullable String content) {
    return content == null ? this : with(header, content.getBytes(StandardCharsets.UTF_8));
  }

  /** About what the record takes on the wire, framing of headers included. */
  public long size() {
    long size = utf8(key) + (value == null ? 0 : value.length);
    for (Map.Entry<String, byte[]> header : headers.entrySet()) {
      size += utf8(header.getKey()) + header.getValue().length + HEADER_FRAME;
    }
    return size + RECORD_FRAME;
  }

  private static long utf8(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  Outgoing to(int explicitPartition) {
    return new Outgoing(topic, key, value, headers, explicitPartition, urgency);
  }
}
