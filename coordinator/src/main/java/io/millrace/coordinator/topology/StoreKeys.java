package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.EntryCodec;
import io.millrace.coordinator.core.EntryKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the store. A run's entries: {@code runId 00 kind name 00 seq}; its head has kind {@code
 * A}, which sorts before all others. Run ids begin with a letter or digit, so the task's own keys
 * live below: {@code 00} is the applied offset, {@code 01 due runId 00 timerId} the timers by due
 * time.
 */
final class StoreKeys {
  static final byte HEAD = 'A';
  static final Bytes APPLIED_OFFSET = Bytes.wrap(new byte[] {0});
  static final byte TIMERS = 1;
  private static final int SEQ_BYTES = 8;
  private static final Bytes FIRST_RUN = Bytes.wrap(new byte[] {' '});
  private static final Bytes LAST_RUN = Bytes.wrap(new byte[] {'~'});

  private StoreKeys() {}

  static Bytes head(String runId) {
    return key(utf8(runId), HEAD, new byte[0], 0);
  }

  static Bytes entry(String runId, EntryKey<?> key) {
    return key(utf8(runId), EntryCodec.of(key.kind()).tag(), name(key.name()), key.seq());
  }

  /** First and last possible key of a kind, whatever the name; the last is never in use. */
  static Range kind(String runId, byte tag) {
    byte[] run = utf8(runId);
    return new Range(prefix(run, tag), prefix(run, (byte) (tag + 1)));
  }

  static Range name(String runId, byte tag, String name) {
    byte[] run = utf8(runId);
    byte[] text = name(name);
    return new Range(key(run, tag, text, 0), key(run, tag, text, Long.MAX_VALUE));
  }

  /** Where the range of an entry's {@link #name} begins. */
  static Bytes line(Bytes entry) {
    byte[] first = entry.get().clone();
    Arrays.fill(first, first.length - SEQ_BYTES, first.length, (byte) 0);
    return Bytes.wrap(first);
  }

  /** All entries of all runs. */
  static Range runs() {
    return new Range(FIRST_RUN, LAST_RUN);
  }

  static Bytes timer(long due, String runId, String timerId) {
    byte[] run = utf8(runId);
    byte[] timer = name(timerId);
    return Bytes.wrap(
        ByteBuffer.allocate(1 + 8 + run.length + 1 + timer.length)
            .put(TIMERS)
            .putLong(due)
            .put(run)
            .put((byte) 0)
            .put(timer)
            .array());
  }

  /** Before every timer that is due at {@code millis} or later. */
  static Bytes timersFrom(long millis) {
    return Bytes.wrap(ByteBuffer.allocate(9).put(TIMERS).putLong(millis).array());
  }

  static TimerKey timer(Bytes key) {
    ByteBuffer buffer = ByteBuffer.wrap(key.get(), 1, key.get().length - 1);
    long due = buffer.getLong();
    String rest = StandardCharsets.UTF_8.decode(buffer).toString();
    int end = rest.indexOf('\0');
    return new TimerKey(due, rest.substring(0, end), rest.substring(end + 1));
  }

  static RunKey run(Bytes key) {
    byte[] bytes = key.get();
    int end = 0;
    while (bytes[end] != 0) {
      end++;
    }
    String runId = new String(bytes, 0, end, StandardCharsets.UTF_8);
    int nameAt = end + 2;
    int nameLength = bytes.length - 9 - nameAt;
    String name = new String(bytes, nameAt, nameLength, StandardCharsets.UTF_8);
    return new RunKey(
        runId, bytes[end + 1], name, ByteBuffer.wrap(bytes, bytes.length - 8, 8).getLong());
  }

  record Range(Bytes from, Bytes to) {}

  record TimerKey(long due, String runId, String timerId) {}

  record RunKey(String runId, byte tag, String name, long seq) {}

  private static Bytes key(byte[] run, byte tag, byte[] name, long seq) {
    return Bytes.wrap(
        ByteBuffer.allocate(run.length + 2 + name.length + 1 + 8)
            .put(run)
            .put((byte) 0)
            .put(tag)
            .put(name)
            .put((byte) 0)
            .putLong(seq)
            .array());
  }

  private static Bytes prefix(byte[] run, byte tag) {
    return Bytes.wrap(ByteBuffer.allocate(run.length + 2).put(run).put((byte) 0).put(tag).array());
  }

  private static byte[] name(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the name of an entry must not hold a zero character");
    }
    return utf8(name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
