package io.millrace.event;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** A Java enum as an Avro enum of the same constants, in the same order. */
final class EnumShape implements Shape {
  private final Class<?> type;
  private final List<? extends Enum<?>> constants;
  private final Schema schema;

  EnumShape(Class<?> type, List<? extends Enum<?>> constants, Schema schema) {
    this.type = type;
    this.constants = List.copyOf(constants);
    this.schema = schema;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public void write(@Nullable Object value, Encoder out) throws IOException {
    if (!(value instanceof Enum<?> constant)) {
      throw new Misfit("is null; give it a value, or mark the component @Nullable");
    }
    out.writeEnum(constant.ordinal());
  }

  @Override
  public Object read(ResolvingDecoder in) throws IOException {
    return constants.get(in.readEnum());
  }

  @Override
  public boolean takes(Object value) {
    return type.isInstance(value);
  }
}
