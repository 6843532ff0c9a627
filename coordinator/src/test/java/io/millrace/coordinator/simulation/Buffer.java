package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry.BufferedEvent;
import io.millrace.coordinator.core.EntryKey;

/** Reads the keys of what buffers hold: {@code length:buffer}, which begins with the step alike. */
final class Buffer {
  private Buffer() {}

  static String stepOf(EntryKey<BufferedEvent> key) {
    String buffer = key.name().substring(key.name().indexOf(':') + 1);
    int colon = buffer.indexOf(':');
    return buffer.substring(colon + 1, colon + 1 + Integer.parseInt(buffer.substring(0, colon)));
  }
}
