package io.millrace.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
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

  private static byte[] binary(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(ORDER).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
