package io.millrace.event;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** A component marked {@code @Nullable}: a union of null and the value. */
final class NullableShape implements Shape {
  private final Shape value;
  private final Schema schema;

  NullableShape(Shape value) {
    this.value = value;
    this.schema = Schema.createUnion(Schema.create(Schema.Type.NULL), value.schema());
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public void write(@Nullable Object object, Encoder out) throws IOException {
    out.writeIndex(object == null ? 0 : 1);
    if (object == null) {
      out.writeNull();
    } else {
      value.write(object, out);
    }
  }

  @Override
  public @Nullable Object read(ResolvingDecoder in) throws IOException {
    if (in.readIndex() == 0) {
      in.readNull();
      return null;
    }
    return value.read(in);
  }

  @Override
  public boolean takes(Object object) {
    return value.takes(object);
  }
}
