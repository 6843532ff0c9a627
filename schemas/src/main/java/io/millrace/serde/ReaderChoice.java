package io.millrace.serde;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What a deserializer reads into: a class, a schema, or whatever was written. */
final class ReaderChoice {
  private final @Nullable Class<?> type;
  private final @Nullable Schema schema;
  private final boolean byWriter;

  private ReaderChoice(@Nullable Class<?> type, @Nullable Schema schema, boolean byWriter) {
    this.type = type;
    this.schema = schema;
    this.byWriter = byWriter;
  }

  static ReaderChoice asWritten() {
    return new ReaderChoice(null, null, false);
  }

  static ReaderChoice generic(Schema reader) {
    return new ReaderChoice(null, reader, false);
  }

  static ReaderChoice specific(Class<? extends SpecificRecord> type) {
    return new ReaderChoice(type, null, false);
  }

  static ReaderChoice classOfWriter() {
    return new ReaderChoice(null, null, true);
  }

  <T> DatumReader<T> readerFor(Schema writer) {
    Class<?> into = type != null ? type : byWriter ? classNamedBy(writer) : null;
    if (into == null) {
      return new GenericDatumReader<>(writer, schema != null ? schema : writer);
    }
    GeneratedClassTrust.ensure();
    SpecificData model = SpecificData.getForClass(into);
    return new SpecificDatumReader<>(writer, model.getSchema(into), model);
  }

  String describe(Schema writer) {
    return type != null ? type.getName() : (schema != null ? schema : writer).getFullName();
  }

  /**
   * The name comes from the wire: nothing of the class is run before it is known to be a record.
   */
  private static Class<?> classNamedBy(Schema writer) {
    String name = writer.getFullName();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context != null ? context : ReaderChoice.class.getClassLoader();
    try {
      Class<?> named = Class.forName(name, false, loader);
      if (SpecificRecord.class.isAssignableFrom(named)) {
        return named;
      }
    } catch (ClassNotFoundException e) {
      throw new UnknownRecordClassException(name, e);
    }
    throw new UnknownRecordClassException(name, null);
  }
}
