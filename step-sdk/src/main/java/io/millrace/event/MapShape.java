package io.millrace.event;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** A map with text keys; read back unmodifiable, in the order written. */
final class MapShape implements Shape {
  private final Shape element;
  private final Schema schema;

  MapShape(Shape element) {
    this.element = element;
    this.schema = Schema.createMap(element.schema());
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public void write(@Nullable Object value, Encoder out) throws IOException {
    if (!(value instanceof Map<?, ?> entries)) {
      throw new Misfit("is null; give it a value (it may be empty), or mark it @Nullable");
    }
    out.writeMapStart();
    out.setItemCount(entries.size());
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new Misfit("has a null key; Avro maps have text keys");
      }
      out.startItem();
      out.writeString(key);
      try {
        element.write(entry.getValue(), out);
      } catch (Misfit e) {
        throw e.in("[" + key + "]");
      }
    }
    out.writeMapEnd();
  }

  @Override
  public Object read(ResolvingDecoder in) throws IOException {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    for (long n = in.readMapStart(); n > 0; n = in.mapNext()) {
      for (long i = 0; i < n; i++) {
        entries.put(in.readString(), element.read(in));
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  @Override
  public boolean takes(Object value) {
    return value instanceof Map;
  }
}
