package io.millrace.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AvroJsonTest {
  private static final Schema ORDER =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Order","fields":[
                {"name":"id","type":"string"},
                {"name":"count","type":"int","default":1},
                {"name":"note","type":["null","string"],"default":null},
                {"name":"weight","type":["null","double"]},
                {"name":"lines","type":{"type":"array","items":
                  {"type":"record","name":"Line","fields":[{"name":"sku","type":"string"}]}},
                  "default":[]},
                {"name":"tags","type":{"type":"map","values":"long"},"default":{}},
                {"name":"colour","type":{"type":"enum","name":"Colour","symbols":["RED","BLUE"]},
                  "default":"RED"},
                {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"},"default":0},
                {"name":"price","type":
                  {"type":"bytes","logicalType":"decimal","precision":9,"scale":2},
                  "default":"\\u0000"},
                {"name":"raw","type":"bytes","default":""}]}
              """);

  private static final String FULL =
      "{\"id\":\"a\",\"count\":2,\"note\":\"n\",\"weight\":1.5,\"lines\":[{\"sku\":\"x\"}],"
          + "\"tags\":{\"k\":7},\"colour\":\"BLUE\",\"at\":\"2026-01-02T03:04:05.006Z\","
          + "\"price\":\"12.30\",\"raw\":\"AQI=\"}";

  @Test
  void what_is_written_reads_the_same() throws IOException {
    GenericRecord record = AvroJson.read(FULL, ORDER);

    assertThat(GenericData.get().validate(ORDER, record)).isTrue();
    assertThat(AvroJson.write(record, ORDER)).isEqualTo(FULL);
    byte[] binary = binary(record);
    assertThat(AvroJson.write(binary, 0, binary.length, ORDER)).isEqualTo(FULL);
  }

  @Test
  void missing_fields_take_their_defaults_and_missing_nullable_ones_are_null() {
    GenericRecord record = AvroJson.read("{\"id\":\"a\"}", ORDER);

    assertThat(record.get("count")).isEqualTo(1);
    assertThat(record.get("weight")).isNull();
    assertThat(record.get("lines")).asList().isEmpty();
    assertThat(record.get("colour")).hasToString("RED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {}                                            | missing field 'id' (string)
          {"id":1}                                      | field 'id' must be text, not number
          {"id":"a","colour":"GREEN"}                   | one of [RED, BLUE]
          {"id":"a","count":3000000000}                 | field 'count' must be a whole number of 32 bits
          {"id":"a","count":1.5}                        | field 'count' must be a whole number
          {"id":"a","lines":[{"sku":"x"},{"sku":null}]} | field 'lines[1].sku' must be text
          {"id":"a","lines":[{}]}                       | missing field 'lines[0].sku'
          {"id":"a","weigth":1}                         | unknown field 'weigth'
          {"id":"a","weight":"x"}                       | field 'weight' must be a number
          {"id":"a","at":"yesterday"}                   | field 'at' must be long (timestamp-millis)
          {"id":"a","price":"1.234"}                    | field 'price' must be bytes (decimal)
          {"id":"a","raw":7}                            | field 'raw' must be base64 text
          {"id":"a"} {}                                 | not JSON
          [1]                                           | must be an object for Order
          nonsense                                      | not JSON
          """)
  void what_does_not_fit_is_named(String json, String complaint) {
    assertThatThrownBy(() -> AvroJson.read(json, ORDER))
        .isInstanceOf(JsonMismatchException.class)
        .hasMessageContaining(complaint);
  }

  private static final Schema PAYMENT =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Payment","namespace":"com.acme","fields":[
                {"name":"way","type":[
                  {"type":"record","name":"Card","fields":[{"name":"number","type":"string"}]},
                  {"type":"record","name":"Voucher","fields":[{"name":"number","type":"string"}]},
                  {"type":"map","values":"string"}, "int", "long", "double", "bytes"]}]}
              """);

  @Test
  void a_unions_value_is_named_only_where_it_would_be_read_as_another_branchs() {
    Schema card = PAYMENT.getField("way").schema().getTypes().get(0);
    Schema voucher = PAYMENT.getField("way").schema().getTypes().get(1);

    assertThat(way(numbered(card, "1"))).isEqualTo("{\"way\":{\"number\":\"1\"}}");
    assertThat(way(numbered(voucher, "1")))
        .isEqualTo("{\"way\":{\"com.acme.Voucher\":{\"number\":\"1\"}}}");
    assertThat(way(Map.of("size", "1"))).isEqualTo("{\"way\":{\"size\":\"1\"}}");
    assertThat(way(Map.of("number", "1"))).isEqualTo("{\"way\":{\"map\":{\"number\":\"1\"}}}");
    assertThat(way(Map.of("bytes", "AQI="))).isEqualTo("{\"way\":{\"map\":{\"bytes\":\"AQI=\"}}}");
    assertThat(way(5)).isEqualTo("{\"way\":5}");
    assertThat(way(5L)).isEqualTo("{\"way\":{\"long\":5}}");
    assertThat(way(1L << 40)).isEqualTo("{\"way\":1099511627776}");
  }

  /** Written and read back: the same text, the same record. */
  private static String way(Object value) {
    GenericRecord record = new GenericData.Record(PAYMENT);
    record.put("way", value);
    String json = AvroJson.write(record, PAYMENT);
    assertThat(AvroJson.read(json, PAYMENT)).isEqualTo(record);
    return json;
  }

  private static GenericRecord numbered(Schema schema, String number) {
    GenericRecord record = new GenericData.Record(schema);
    record.put("number", number);
    return record;
  }

  @Test
  void a_branch_that_is_named_is_refused_by_its_own_complaint() {
    assertThatThrownBy(() -> AvroJson.read("{\"way\":{\"long\":\"x\"}}", ONE_OF_TWO))
        .hasMessage("field 'way.long' must be a whole number of 64 bits, not string");
    assertThatThrownBy(() -> AvroJson.read("{\"way\":{\"a\":1,\"b\":{\"c\":2}}}", ONE_OF_TWO))
        .hasMessage("field 'way.b.c' must be text, not number");
  }

  private static final Schema ONE_OF_TWO =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"One","fields":[{"name":"way","type":["null","long",
                {"type":"record","name":"A","fields":[{"name":"a","type":"int"},{"name":"b","type":
                  {"type":"record","name":"B","fields":[{"name":"c","type":"string"}]}}]}]}]}
              """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"type":"long","logicalType":"timestamp-micros"}       | "2300-01-01T00:00:00.000001Z"
          {"type":"long","logicalType":"timestamp-micros"}       | "1492-10-12T00:00:00.999999Z"
          {"type":"long","logicalType":"timestamp-millis"}       | "-200000-01-01T00:00:00.001Z"
          {"type":"long","logicalType":"timestamp-nanos"}        | "1969-12-31T23:59:59.999999999Z"
          {"type":"long","logicalType":"local-timestamp-micros"} | "2026-01-02T03:04:05.000006"
          {"type":"long","logicalType":"time-micros"}            | "03:04:05.000006"
          {"type":"int","logicalType":"time-millis"}             | "23:59:59.999"
          {"type":"int","logicalType":"date"}                    | "-0044-03-15"
          {"type":"string","logicalType":"uuid"}                 | "123e4567-e89b-12d3-a456-426614174000"
          {"type":"double"}                                      | "-0.0"
          {"type":"double"}                                      | 4.9E-324
          {"type":"float"}                                       | "NaN"
          {"type":"float"}                                       | 3.4028235E38
          {"type":"long"}                                        | 9007199254740993
          {"type":"string"}                                      | "\ud83c\udf3e"
          """)
  void each_of_these_reads_and_is_written_the_same(String type, String value) {
    Schema schema = holding(type);
    String json = "{\"value\":" + value + "}";

    assertThat(AvroJson.write(AvroJson.read(json, schema), schema)).isEqualTo(json);
  }

  @Test
  void a_time_finer_than_its_type_is_cut_to_it_also_before_1970() {
    Schema schema = holding("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}");

    GenericRecord record = AvroJson.read("{\"value\":\"1969-12-31T23:59:59.9999Z\"}", schema);

    assertThat(record.get("value")).isEqualTo(-1L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"type":"int","logicalType":"date"}                              | "+999999999-01-01"
          {"type":"long","logicalType":"timestamp-micros"}                 | "+999999999-01-01T00:00:00Z"
          {"type":"string","logicalType":"uuid"}                           | "1-1-1-1-1"
          {"type":"fixed","name":"U","size":16,"logicalType":"uuid"}       | "AQI="
          {"type":"bytes","logicalType":"decimal","precision":9,"scale":2} | "1e999999999"
          {"type":"bytes","logicalType":"decimal","precision":9,"scale":2} | 1e999999999
          {"type":"bytes","logicalType":"decimal","precision":9,"scale":2} | "1e-999999999"
          {"type":"bytes","logicalType":"decimal","precision":3,"scale":2} | 10.00
          {"type":"bytes","logicalType":"decimal","precision":3,"scale":2} | true
          {"type":"float"}                                                 | 1e39
          {"type":"double"}                                                | 1e309
          {"type":"string"}                                                | "\ud83c"
          {"type":"map","values":"int"}                                    | {"\udf3e":1}
          {"type":"map","values":"int"}                                    | {"a":1,"a":2}
          """)
  void what_a_type_cannot_hold_is_refused_at_once(String type, String value) {
    assertThatThrownBy(() -> AvroJson.read("{\"value\":" + value + "}", holding(type)))
        .isInstanceOf(JsonMismatchException.class);
  }

  private static Schema holding(String type) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"Holder\",\"fields\":[{\"name\":\"value\",\"type\":"
                + type
                + "}]}");
  }

  /**
   * Each level has two branches that look alike: tried naively, they would be 2 to the power 60.
   */
  @Test
  @Timeout(10)
  void deep_unions_of_records_that_look_alike_take_no_time() {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"Root","fields":[{"name":"n","type":["null",
                  {"type":"record","name":"A","fields":[{"name":"n","type":["null","A",
                    {"type":"record","name":"B","fields":[{"name":"n","type":["null","A","B"]}]}]}]},
                  "B"]}]}
                """);
    String good = "{\"n\":".repeat(60) + "null" + "}".repeat(60);
    assertThat(AvroJson.write(AvroJson.read(good, schema), schema)).isEqualTo(good);

    String bad = "{\"n\":".repeat(60) + "7" + "}".repeat(60);
    assertThatThrownBy(() -> AvroJson.read(bad, schema)).isInstanceOf(JsonMismatchException.class);
  }

  private static byte[] binary(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(ORDER).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
