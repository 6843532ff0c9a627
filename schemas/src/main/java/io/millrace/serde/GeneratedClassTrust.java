package io.millrace.serde;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/**
 * Lets Avro use classes that its own compiler generated.
 *
 * <p>Since 1.12.2 Avro instantiates only classes that the JVM was told to trust; even a generated
 * builder that fills in a default fails otherwise. Classes marked {@link AvroGenerated} carry data
 * and nothing else, so they are added to whatever is trusted already; all others stay refused.
 *
 * <p>This must have happened before the first generated class is used, whoever uses it. Avro loads
 * the providers of {@code LogicalTypeFactory} when the first schema is parsed, which every
 * generated class does in its initializer: that is why this is one. It adds a logical type that no
 * schema names.
 */
public final class GeneratedClassTrust implements LogicalTypes.LogicalTypeFactory {
  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type -> type.isAnnotationPresent(AvroGenerated.class)));
  }

  /** For Avro's service loader; trust is given when the class is loaded, once per JVM. */
  public GeneratedClassTrust() {}

  /** For class loaders in which Avro does not see this module's services. Idempotent. */
  public static void ensure() {
    // Being called is enough: the static initializer has run.
  }

  @Override
  public @Nullable LogicalType fromSchema(Schema schema) {
    return null;
  }

  @Override
  public String getTypeName() {
    return "io.millrace.none";
  }
}
