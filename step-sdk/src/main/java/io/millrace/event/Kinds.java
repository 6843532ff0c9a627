package io.millrace.event;

import io.millrace.protocol.EventKind;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The schema property {@code millrace.kind}: {@code start}, {@code stop}, and so on. */
final class Kinds {
  static final String PROPERTY = "millrace.kind";

  private Kinds() {}

  static void mark(Schema schema, EventKind kind) {
    if (kind != EventKind.EVENT) {
      schema.addProp(PROPERTY, text(kind));
    }
  }

  static EventKind of(Schema schema) {
    Object property = schema.getObjectProp(PROPERTY);
    if (property == null) {
      return EventKind.EVENT;
    }
    return Stream.of(EventKind.values())
        .filter(kind -> text(kind).equals(property))
        .findFirst()
        .orElseThrow(
            () ->
                new NotAnEventException(
                    "the schema of %s has %s = '%s'; use one of %s, or leave it out"
                        .formatted(schema.getFullName(), PROPERTY, property, known())));
  }

  private static String known() {
    return Stream.of(EventKind.values()).map(Kinds::text).collect(Collectors.joining(", "));
  }

  private static String text(EventKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
