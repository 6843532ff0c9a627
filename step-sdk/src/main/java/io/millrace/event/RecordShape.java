package io.millrace.event;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A Java record as an Avro record: components in declaration order. It is made before its
 * components are known, because a record may contain itself; {@link #complete} comes once.
 */
final class RecordShape implements Shape {
  /**
   * @param accessor of type {@code (Object)Object}
   */
  record Component(String name, Shape shape, MethodHandle accessor) {}

  private final Class<?> type;
  private final Schema schema;
  private Component[] components = {};
  private @Nullable MethodHandle constructor;

  RecordShape(Class<?> type, Schema schema) {
    this.type = type;
    this.schema = schema;
  }

  /**
   * @param constructor the canonical one, of type {@code (Object[])Object}
   */
  void complete(List<Component> found, MethodHandle canonical) {
    components = found.toArray(Component[]::new);
    constructor = canonical;
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
    for (Component component : components) {
      try {
        component.shape().write(get(component, value), out);
      } catch (Misfit e) {
        throw e.in("." + component.name());
      }
    }
  }

  @Override
  public Object read(ResolvingDecoder in) throws IOException {
    @Nullable Object[] values = new @Nullable Object[components.length];
    // The writer's order; fields that only the writer has are skipped, defaults are filled in.
    for (Schema.Field field : in.readFieldOrder()) {
      values[field.pos()] = components[field.pos()].shape().read(in);
    }
    try {
      return Objects.requireNonNull(constructor).invokeExact(values);
    } catch (Throwable e) {
      throw new RefusedByConstructorException(type, e);
    }
  }

  private static @Nullable Object get(Component component, Object value) {
    try {
      return component.accessor().invokeExact(value);
    } catch (Throwable e) {
      throw new Misfit("cannot be read: its accessor threw " + e);
    }
  }

  @Override
  public boolean takes(Object value) {
    return type.isInstance(value);
  }

  /** Data of the right form that the record's own constructor does not accept. */
  static final class RefusedByConstructorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedByConstructorException(Class<?> type, Throwable cause) {
      super("the constructor of " + type.getName() + " refused the values: " + cause, cause);
    }
  }
}
