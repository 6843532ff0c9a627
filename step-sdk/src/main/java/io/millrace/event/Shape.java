package io.millrace.event;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Java type are written to and read from Avro. Immutable once its record has been
 * read; thread-safe.
 */
interface Shape {
  Schema schema();

  /**
   * @throws Misfit if the value cannot be written; says what is wrong, not yet where
   */
  void write(@Nullable Object value, Encoder out) throws IOException;

  /** Reads a value that the decoder has already resolved to {@link #schema()}. */
  @Nullable Object read(ResolvingDecoder in) throws IOException;

  /** Whether {@link #write} takes this value, by its class alone; for choosing a union's branch. */
  boolean takes(Object value);

  /** A value that does not fit its component; collects the path to it on the way up. */
  final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Deque<String> path = new ArrayDeque<>();

    Misfit(String problem) {
      super(problem, null, false, false);
    }

    Misfit in(String segment) {
      path.addFirst(segment);
      return this;
    }

    /** Such as {@code RetrieveEvent.nodes[2].text}. */
    String where() {
      return String.join("", path);
    }

    String problem() {
      return String.valueOf(getMessage());
    }
  }
}
