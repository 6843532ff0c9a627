package io.millrace.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A component of a sealed type: a union of its permitted records and enums, after null if it may be
 * null.
 */
final class UnionShape implements Shape {
  private final List<Shape> branches;
  private final int offset;
  private final Schema schema;

  UnionShape(List<Shape> branches, boolean nullable) {
    this.branches = List.copyOf(branches);
    this.offset = nullable ? 1 : 0;
    List<Schema> types = new ArrayList<>();
    if (nullable) {
      types.add(Schema.create(Schema.Type.NULL));
    }
    branches.forEach(branch -> types.add(branch.schema()));
    this.schema = Schema.createUnion(types);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public void write(@Nullable Object value, Encoder out) throws IOException {
    if (value == null) {
      if (offset == 0) {
        throw new Misfit("is null; give it a value, or mark the component @Nullable");
      }
      out.writeIndex(0);
      out.writeNull();
      return;
    }
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).takes(value)) {
        out.writeIndex(i + offset);
        branches.get(i).write(value, out);
        return;
      }
    }
    throw new Misfit("is a " + value.getClass().getName() + ", which the sealed type lacks");
  }

  @Override
  public @Nullable Object read(ResolvingDecoder in) throws IOException {
    int index = in.readIndex() - offset;
    if (index < 0) {
      in.readNull();
      return null;
    }
    return branches.get(index).read(in);
  }

  @Override
  public boolean takes(Object value) {
    return branches.stream().anyMatch(branch -> branch.takes(value));
  }
}
