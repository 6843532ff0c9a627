package io.millrace.step;

import io.millrace.protocol.EventData;
import java.nio.ByteBuffer;

/** The value of an event inside a protocol record. */
final class EventBytes {
  private EventBytes() {}

  static byte[] of(EventData event) {
    ByteBuffer value = event.getValue();
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }
}
