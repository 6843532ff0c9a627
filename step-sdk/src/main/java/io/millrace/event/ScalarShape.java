package io.millrace.event;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** A Java type that is one Avro primitive, after conversion. */
final class ScalarShape<T> implements Shape {
  interface Writer<T> {
    void write(T value, Encoder out) throws IOException;
  }

  interface Reader<T> {
    T read(ResolvingDecoder in) throws IOException;
  }

  private final Class<T> type;
  private final Schema schema;
  private final Writer<T> writer;
  private final Reader<T> reader;

  ScalarShape(Class<T> type, Schema schema, Writer<T> writer, Reader<T> reader) {
    this.type = type;
    this.schema = schema;
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public void write(@Nullable Object value, Encoder out) throws IOException {
    if (value == null) {
      throw new Misfit("is null; give it a value, or mark the component @Nullable");
    }
    try {
      writer.write(type.cast(value), out);
    } catch (ArithmeticException e) {
      throw new Misfit("is " + value + ", which is outside what Avro can hold of it");
    }
  }

  @Override
  public T read(ResolvingDecoder in) throws IOException {
    return reader.read(in);
  }

  @Override
  public boolean takes(Object value) {
    return type.isInstance(value);
  }
}
