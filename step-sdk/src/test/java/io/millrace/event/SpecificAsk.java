package io.millrace.event;

import org.apache.avro.Schema;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullUnmarked;

/** In the form that Avro's compiler gives to classes. */
@NullUnmarked
@AvroGenerated
public class SpecificAsk extends SpecificRecordBase {
  private static final long serialVersionUID = 1L;
  public static final Schema SCHEMA$ =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "SpecificAsk", "namespace": "io.millrace.event",
               "millrace.kind": "start",
               "fields": [{"name": "question",
                           "type": {"type": "string", "avro.java.string": "String"}}]}
              """);

  private String question;

  public SpecificAsk() {}

  public SpecificAsk(String question) {
    this.question = question;
  }

  public static Schema getClassSchema() {
    return SCHEMA$;
  }

  @Override
  public Schema getSchema() {
    return SCHEMA$;
  }

  @Override
  public Object get(int field) {
    return question;
  }

  @Override
  public void put(int field, Object value) {
    question = value == null ? null : value.toString();
  }
}
