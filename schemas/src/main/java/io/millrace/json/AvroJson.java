package io.millrace.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Plain JSON to and from generic Avro records; what is written reads the same. Thread-safe.
 *
 * <pre>
 * union                                  its value: the first branch that fits it. Where that would
 *                                        be another one, an object that names the branch, as Avro's
 *                                        own JSON does: {"com.acme.Refund": {...}}, {"long": 1}
 * bytes, fixed                           base64 text
 * decimal (of bytes or fixed)            text such as "12.30"; a number is read, too
 * uuid (of string or fixed)              its text
 * date, time-*, timestamp-*,
 * local-timestamp-*                      ISO-8601 text, cut to what the type holds; Avro's number is
 *                                        read, too
 * float, double                          a number; what none can say is text: "NaN", "Infinity",
 *                                        "-Infinity", "-0.0"
 * a field that is left out               its default; null if it has none and may be null
 * </pre>
 */
public final class AvroJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private AvroJson() {}

  /**
   * The record that this JSON object describes.
   *
   * @throws JsonMismatchException naming the field that is missing, unknown or of another type
   */
  public static GenericRecord read(String json, Schema schema) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new JsonMismatchException(
          "",
          "not JSON (" + e.getOriginalMessage() + "); expected an object for " + schema.getName(),
          e);
    }
    return (GenericRecord) new JsonReading().read(node, schema);
  }

  /** The datum as one line of JSON. */
  public static String write(Object datum, Schema schema) {
    try {
      return MAPPER.writeValueAsString(new JsonWriting().write(datum, schema));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be printed", e);
    }
  }

  /**
   * Avro binary of this schema as one line of JSON.
   *
   * @throws IOException if the bytes are something else
   */
  public static String write(byte[] binary, int from, int length, Schema writer)
      throws IOException {
    GenericDatumReader<Object> reader = new GenericDatumReader<>(writer, writer, new GenericData());
    Object datum =
        reader.read(null, DecoderFactory.get().binaryDecoder(binary, from, length, null));
    return write(datum, writer);
  }
}
