package io.millrace.event;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shape of one event's record, with everything in it. One instance per event class; not
 * thread-safe.
 */
final class ShapeReader {
  /**
   * By class, so that a record that contains itself ends; by Avro name, so that two never share.
   */
  private final Map<Class<?>, Shape> named = new HashMap<>();

  private final Map<String, Class<?>> names = new HashMap<>();

  RecordShape record(Class<?> type) {
    Schema schema =
        avro(
            type,
            () -> Schema.createRecord(type.getSimpleName(), null, type.getPackageName(), false));
    RecordShape shape = new RecordShape(type, schema);
    claim(type, schema, shape);
    List<RecordShape.Component> components = new ArrayList<>();
    List<Schema.Field> fields = new ArrayList<>();
    MethodHandles.Lookup lookup = lookup(type);
    for (RecordComponent component : type.getRecordComponents()) {
      String where = type.getSimpleName() + "." + component.getName();
      boolean nullable = nullable(component) || nullable(component.getAnnotatedType());
      Shape value = shape(component.getAnnotatedType(), nullable, where);
      components.add(
          new RecordShape.Component(component.getName(), value, accessor(lookup, component)));
      fields.add(
          avro(
              type,
              () ->
                  new Schema.Field(
                      component.getName(),
                      value.schema(),
                      null,
                      nullable ? Schema.Field.NULL_DEFAULT_VALUE : null)));
    }
    schema.setFields(fields);
    shape.complete(components, constructor(lookup, type));
    return shape;
  }

  private Shape shape(AnnotatedType annotated, boolean nullable, String where) {
    Class<?> raw = rawClass(annotated.getType(), where);
    // Scalars first: some of the JDK's own, such as ZoneId, are sealed on newer releases.
    if (Scalars.of(raw) == null && raw.isSealed() && !raw.isEnum()) {
      return new UnionShape(branches(raw, where), nullable);
    }
    Shape shape = plain(annotated, raw, where);
    return nullable && !raw.isPrimitive() ? new NullableShape(shape) : shape;
  }

  private Shape plain(AnnotatedType annotated, Class<?> raw, String where) {
    Shape known = Scalars.of(raw);
    if (known == null) {
      known = named.get(raw);
    }
    if (known != null) {
      return known;
    }
    if (raw.isEnum()) {
      return enumeration(raw);
    }
    if (raw.isRecord()) {
      if (raw.getTypeParameters().length > 0) {
        throw refused(where, "the record " + raw.getName() + " is generic", "use a record without");
      }
      return record(raw);
    }
    if (raw == List.class || raw == Set.class || raw == Collection.class) {
      AnnotatedType element = argument(annotated, 0, where);
      return new ArrayShape(shape(element, nullable(element), where + "[]"), raw == Set.class);
    }
    if (raw == Map.class) {
      if (argument(annotated, 0, where).getType() != String.class) {
        throw refused(where, "Avro maps have text keys", "use Map<String, …> or a list of records");
      }
      AnnotatedType value = argument(annotated, 1, where);
      return new MapShape(shape(value, nullable(value), where + "[]"));
    }
    throw unsupported(raw, where);
  }

  private Shape enumeration(Class<?> type) {
    List<Enum<?>> constants = new ArrayList<>();
    List<String> symbols = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      constants.add((Enum<?>) constant);
      symbols.add(((Enum<?>) constant).name());
    }
    Schema schema =
        avro(
            type,
            () -> Schema.createEnum(type.getSimpleName(), null, type.getPackageName(), symbols));
    EnumShape shape = new EnumShape(type, constants, schema);
    claim(type, schema, shape);
    return shape;
  }

  private List<Shape> branches(Class<?> sealed, String where) {
    return SealedTypes.concrete(sealed)
        .map(
            permitted -> {
              if (!permitted.isRecord() && !permitted.isEnum()) {
                throw refused(
                    where,
                    sealed.getName() + " permits " + permitted.getName() + ", which is no record",
                    "let the sealed type permit records and enums only");
              }
              Shape known = named.get(permitted);
              return known != null
                  ? known
                  : permitted.isEnum() ? enumeration(permitted) : record(permitted);
            })
        .toList();
  }

  private void claim(Class<?> type, Schema schema, Shape shape) {
    Class<?> other = names.putIfAbsent(schema.getFullName(), type);
    if (other != null && other != type) {
      throw new NotAnEventException(
          "%s and %s would both be %s in one Avro schema; rename one of them"
              .formatted(other.getName(), type.getName(), schema.getFullName()));
    }
    named.put(type, shape);
  }

  private static NotAnEventException unsupported(Class<?> raw, String where) {
    if (raw == Optional.class) {
      return refused(where, "Optional is for return values", "use the bare type, and @Nullable");
    }
    if (raw.isArray()) {
      return refused(where, "arrays are mutable and have no equals", "use a List");
    }
    if (raw.isInterface()) {
      return refused(
          where,
          raw.getName() + " is an open interface, so its values cannot be known",
          "make it sealed, or use a record");
    }
    return refused(
        where,
        raw.getName() + " has no counterpart in Avro",
        "use a record, enum, list, map, text, number, UUID or java.time type");
  }

  private static NotAnEventException refused(String where, String why, String whatToDo) {
    return new NotAnEventException(
        "%s cannot be part of an event: %s; %s".formatted(where, why, whatToDo));
  }

  private static Class<?> rawClass(Type type, String where) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    String what = type instanceof TypeVariable ? "the type variable " : "the type ";
    throw refused(where, what + type + " is not concrete", "name a concrete type");
  }

  private static AnnotatedType argument(AnnotatedType type, int index, String where) {
    if (type instanceof AnnotatedParameterizedType generic) {
      return generic.getAnnotatedActualTypeArguments()[index];
    }
    throw refused(where, "it is a raw " + type.getType().getTypeName(), "name its element type");
  }

  /** Any annotation of this simple name counts: there are many, and they mean the same. */
  private static boolean nullable(AnnotatedElement element) {
    Annotation[] annotations = element.getAnnotations();
    return Stream.of(annotations)
        .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
  }

  private static boolean nullable(AnnotatedType type) {
    // byte @Nullable []: the annotation is the array's, not the element's.
    AnnotatedElement element = type instanceof AnnotatedArrayType array ? array : type;
    return nullable(element);
  }

  private interface Avro<T> {
    T make();
  }

  private static <T extends @Nullable Object> T avro(Class<?> type, Avro<T> avro) {
    try {
      return avro.make();
    } catch (AvroRuntimeException e) {
      throw new NotAnEventException(
          "%s cannot be expressed in Avro: %s; names are letters, digits and _ there"
              .formatted(type.getName(), e.getMessage()));
    }
  }

  private static MethodHandles.Lookup lookup(Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw new NotAnEventException(
          "%s cannot be accessed (%s); open its package to io.millrace in module-info.java"
              .formatted(type.getName(), e.getMessage()));
    }
  }

  private static MethodHandle accessor(MethodHandles.Lookup lookup, RecordComponent component) {
    try {
      return lookup
          .unreflect(component.getAccessor())
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a private lookup reaches all members", e);
    }
  }

  private static MethodHandle constructor(MethodHandles.Lookup lookup, Class<?> type) {
    Class<?>[] types =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return lookup
          .findConstructor(type, MethodType.methodType(void.class, types))
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException("every record has its canonical constructor", e);
    }
  }
}
