package io.millrace.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** A list or a set; read back unmodifiable, in the order written. */
final class ArrayShape implements Shape {
  private final Shape element;
  private final boolean set;
  private final Schema schema;

  ArrayShape(Shape element, boolean set) {
    this.element = element;
    this.set = set;
    this.schema = Schema.createArray(element.schema());
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public void write(@Nullable Object value, Encoder out) throws IOException {
    if (!(value instanceof Collection<?> elements)) {
      throw new Misfit("is null; give it a value (it may be empty), or mark it @Nullable");
    }
    out.writeArrayStart();
    out.setItemCount(elements.size());
    int index = 0;
    for (Object each : elements) {
      out.startItem();
      try {
        element.write(each, out);
      } catch (Misfit e) {
        throw e.in("[" + index + "]");
      }
      index++;
    }
    out.writeArrayEnd();
  }

  @Override
  public Object read(ResolvingDecoder in) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    for (long n = in.readArrayStart(); n > 0; n = in.arrayNext()) {
      for (long i = 0; i < n; i++) {
        elements.add(element.read(in));
      }
    }
    return set
        ? Collections.unmodifiableSet(new LinkedHashSet<>(elements))
        : Collections.unmodifiableList(elements);
  }

  @Override
  public boolean takes(Object value) {
    return value instanceof Collection;
  }
}
