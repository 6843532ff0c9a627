package io.millrace.cli;

import org.apache.avro.Schema;

/** What a field takes, in a person's words. */
final class FieldKind {
  private FieldKind() {}

  static String of(Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          String.join(
              " or ",
              schema.getTypes().stream()
                  .filter(branch -> branch.getType() != Schema.Type.NULL)
                  .map(FieldKind::of)
                  .toList());
      case ENUM -> String.join(" | ", schema.getEnumSymbols());
      case STRING -> schema.getLogicalType() == null ? "text" : schema.getLogicalType().getName();
      case ARRAY, MAP, RECORD -> "JSON, " + schema.getType().getName();
      case BYTES, FIXED ->
          schema.getLogicalType() == null ? "base64" : schema.getLogicalType().getName();
      default ->
          schema.getLogicalType() == null
              ? schema.getType().getName()
              : schema.getLogicalType().getName();
    };
  }

  /** Whether an event may come without the field. */
  static boolean isOptional(Schema.Field field) {
    return field.hasDefaultValue() || field.schema().isNullable();
  }
}
