package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Answers as people write them: FIELD=VALUE, and field by field. */
class AnswerTest {
  private static final Schema BOOKING =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Booking","fields":[
                {"name":"guest","type":"string"},
                {"name":"nights","type":"int"},
                {"name":"room","type":{"type":"enum","name":"Room","symbols":["SINGLE","DOUBLE"]}},
                {"name":"note","type":["null","string"],"default":null},
                {"name":"arrival","type":{"type":"int","logicalType":"date"}},
                {"name":"address","type":["null",{"type":"record","name":"Address","fields":[
                  {"name":"city","type":"string"},{"name":"zip","type":"string"}]}],
                  "default":null}]}
              """);

  private final StringWriter asked = new StringWriter();

  @Test
  void values_are_text_where_the_schema_wants_text_else_json() {
    assertThat(
            FieldValues.json(
                List.of(
                    "guest=42",
                    "nights=3",
                    "room=DOUBLE",
                    "note=a=b",
                    "address.city=Bern",
                    "address.zip=3000"),
                BOOKING))
        .isEqualTo(
            """
            {"guest":"42","nights":3,"room":"DOUBLE","note":"a=b",\
            "address":{"city":"Bern","zip":"3000"}}""");
  }

  @Test
  void what_is_no_assignment_is_refused_with_the_fields_there_are() {
    assertThatThrownBy(() -> FieldValues.json(List.of("Ada"), BOOKING))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'Ada' is neither JSON nor FIELD=VALUE")
        .hasMessageContaining("guest, nights");
  }

  @Test
  void each_field_is_asked_for_until_it_fits_and_may_be_empty_if_it_has_a_default() {
    String answer = ask("Ada", "many", "3", "TRIPLE", "SINGLE", "", "2026-01-02", "");

    assertThat(answer)
        .isEqualTo(
            "{\"guest\":\"Ada\",\"nights\":3,\"room\":\"SINGLE\",\"arrival\":\"2026-01-02\"}");
    assertThat(asked.toString())
        .contains("guest (text): ")
        .contains("nights (int): ")
        .contains("field 'nights' must be a whole number of 32 bits")
        .contains("room (SINGLE | DOUBLE): ")
        .contains("note (text, may be empty): ")
        .contains("arrival (date): ")
        .contains("address (JSON, record, may be empty): ");
  }

  @Test
  void input_that_ends_too_early_sends_nothing_and_says_so() {
    assertThatThrownBy(() -> ask("Ada"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("before field 'nights'")
        .hasMessageContaining("FIELD=VALUE");
  }

  private String ask(String... lines) {
    BufferedReader in = new BufferedReader(new StringReader(String.join("\n", lines) + "\n"));
    return new Questionnaire(in, new PrintWriter(asked, true)).ask(BOOKING);
  }
}
