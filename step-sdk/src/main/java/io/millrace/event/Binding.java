package io.millrace.event;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;

/** One event class between objects and Avro. Thread-safe. */
interface Binding {
  EventType type();

  /**
   * @throws Shape.Misfit if a component of a record cannot be written
   */
  void write(Object event, Encoder out) throws IOException;

  /** Reads events that were written with this schema, resolved to this class's own. */
  Reading reading(Schema writer);

  /** Thread-safe. */
  interface Reading {
    Object read(ResolvingDecoder in) throws IOException;
  }
}
