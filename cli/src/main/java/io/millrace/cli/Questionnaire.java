package io.millrace.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.json.AvroJson;
import io.millrace.json.JsonMismatchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Asks a person for the fields of an event, one after the other, until each fits. */
final class Questionnaire {
  private final BufferedReader in;
  private final PrintWriter out;

  Questionnaire(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  /**
   * The event as JSON text.
   *
   * @throws UsageException if the input ends before the last field
   */
  String ask(Schema schema) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    for (Schema.Field field : schema.getFields()) {
      ask(field, event);
    }
    return event.toString();
  }

  private void ask(Schema.Field field, ObjectNode event) {
    boolean optional = FieldKind.isOptional(field);
    while (true) {
      out.print(
          "%s (%s%s): "
              .formatted(
                  field.name(), FieldKind.of(field.schema()), optional ? ", may be empty" : ""));
      out.flush();
      String line = line(field);
      if (line.isEmpty() && optional) {
        return;
      }
      ObjectNode alone = JsonNodeFactory.instance.objectNode();
      alone.set(field.name(), FieldValues.node(line, field.schema()));
      try {
        AvroJson.read(alone.toString(), only(field));
        event.setAll(alone);
        return;
      } catch (JsonMismatchException e) {
        out.println("  " + e.getMessage());
      }
    }
  }

  private String line(Schema.Field field) {
    @Nullable String line;
    try {
      line = in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer from standard input", e);
    }
    if (line == null) {
      out.println();
      throw new UsageException(
          "the input ended before field '%s', nothing was sent; give the answer as JSON or FIELD=VALUE"
              .formatted(field.name()));
    }
    return line;
  }

  private static Schema only(Schema.Field field) {
    Schema.Field copy = new Schema.Field(field, field.schema());
    return Schema.createRecord("Answer", null, "", false, List.of(copy));
  }
}
