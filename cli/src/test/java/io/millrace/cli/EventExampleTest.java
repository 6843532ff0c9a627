package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.json.AvroJson;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An example of an event is one that is accepted. */
class EventExampleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"string\"",
        "\"int\"",
        "\"long\"",
        "\"float\"",
        "\"double\"",
        "\"boolean\"",
        "\"bytes\"",
        "[\"null\",\"string\"]",
        "[\"int\",\"string\"]",
        "{\"type\":\"array\",\"items\":\"string\"}",
        "{\"type\":\"map\",\"values\":\"int\"}",
        "{\"type\":\"enum\",\"name\":\"Room\",\"symbols\":[\"SINGLE\",\"DOUBLE\"]}",
        "{\"type\":\"fixed\",\"name\":\"Md5\",\"size\":16}",
        "{\"type\":\"string\",\"logicalType\":\"uuid\"}",
        "{\"type\":\"int\",\"logicalType\":\"date\"}",
        "{\"type\":\"int\",\"logicalType\":\"time-millis\"}",
        "{\"type\":\"long\",\"logicalType\":\"time-micros\"}",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}",
        "{\"type\":\"long\",\"logicalType\":\"local-timestamp-millis\"}",
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}",
        "{\"type\":\"record\",\"name\":\"Inner\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}"
      })
  void a_field_of_every_type_is_one_that_fits(String type) {
    Schema schema = schema("{\"name\":\"field\",\"type\":" + type + "}");

    assertThat(AvroJson.read(EventExample.of(schema), schema).getSchema()).isEqualTo(schema);
  }

  @Test
  void what_may_be_left_out_is() {
    Schema schema =
        schema(
            "{\"name\":\"who\",\"type\":\"string\"},"
                + "{\"name\":\"remark\",\"type\":[\"null\",\"string\"],\"default\":null},"
                + "{\"name\":\"times\",\"type\":\"int\",\"default\":1}");

    assertThat(EventExample.of(schema)).isEqualTo("{\"who\":\"...\"}");
  }

  @Test
  void a_record_inside_itself_ends() {
    Schema tree =
        schema("{\"name\":\"children\",\"type\":{\"type\":\"array\",\"items\":\"Event\"}}");

    assertThat(EventExample.of(tree)).isEqualTo("{\"children\":[]}");
  }

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"Event\",\"fields\":[" + fields + "]}");
  }
}
