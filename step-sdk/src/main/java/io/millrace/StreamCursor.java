package io.millrace;

/**
 * A place in a run's stream: after everything up to and including the event it came from. Its text
 * form can be stored and parsed again by another process.
 *
 * @param offset offset of the next record in the run's stream topic
 */
public record StreamCursor(long offset) {
  public static final StreamCursor START = new StreamCursor(0);

  public StreamCursor {
    if (offset < 0) {
      throw new IllegalArgumentException("a cursor cannot be negative: " + offset);
    }
  }

  /**
   * @throws IllegalArgumentException if the text did not come from {@link #toString}
   */
  public static StreamCursor parse(String text) {
    try {
      return new StreamCursor(Long.parseLong(text.trim()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a stream cursor", e);
    }
  }

  @Override
  public String toString() {
    return Long.toString(offset);
  }
}
