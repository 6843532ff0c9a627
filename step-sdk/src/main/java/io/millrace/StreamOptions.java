package io.millrace;

import java.util.List;

/**
 * How to read a run's stream.
 *
 * @param from where to begin
 * @param includeInternal also yield internal events (state changes of steps, unhandled events)
 * @param decodeAs event classes whose events are decoded for {@link StreamedEvent#event}
 */
public record StreamOptions(From from, boolean includeInternal, List<Class<?>> decodeAs) {
  public StreamOptions {
    decodeAs = List.copyOf(decodeAs);
  }

  /** Where a reader begins. */
  public sealed interface From {
    /** At the beginning. */
    record Start() implements From {}

    /** With what is written after the reader has opened. */
    record Now() implements From {}

    /** After the event that the cursor came from. */
    record Cursor(StreamCursor cursor) implements From {}
  }

  public static StreamOptions fromStart() {
    return new StreamOptions(new From.Start(), false, List.of());
  }

  public static StreamOptions fromNow() {
    return new StreamOptions(new From.Now(), false, List.of());
  }

  public static StreamOptions from(StreamCursor cursor) {
    return new StreamOptions(new From.Cursor(cursor), false, List.of());
  }

  public StreamOptions withInternal() {
    return new StreamOptions(from, true, decodeAs);
  }

  public StreamOptions withDecodeAs(Class<?>... eventClasses) {
    return new StreamOptions(from, includeInternal, List.of(eventClasses));
  }
}
